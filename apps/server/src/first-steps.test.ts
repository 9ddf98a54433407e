import assert from 'node:assert/strict'
import { execFile } from 'node:child_process'
import { readFile } from 'node:fs/promises'
import { test } from 'node:test'
import { promisify } from 'node:util'
import { makeHome, passwordOf, runServer, urlOf } from './testbed/run-server.ts'

const guide = new URL('../../../docs/guides/first-steps.md', import.meta.url)

/** The guide's commands; where a line ends in a comment, its last command must print just that. */
function readScript(text: string): { script: string; expected: string[] } {
  const blocks = [...text.matchAll(/^```sh\n([\s\S]*?)^```/gm)].map(([, block = '']) => block)
  const lines = blocks.join('\n').split('\n')
  const expected: string[] = []
  const script = lines.map((line) => {
    const [, command, result] = /^(.*?) {3}# (.+)$/.exec(line) ?? []
    if (command === undefined || result === undefined) return line
    expected.push(result)
    return `echo; echo "= $(${command})"`
  })
  return { script: ['set -eu', ...script].join('\n'), expected }
}

test('the guide’s first steps do what it says they do', async () => {
  const { home, remove } = await makeHome()
  const server = runServer({ FLATRENDER_HOME: home })
  try {
    const { script, expected } = readScript(await readFile(guide, 'utf8'))
    assert.ok(expected.length >= 10)
    const environment = {
      ...process.env,
      API: `${await urlOf(server)}/api/v1`,
      FLATRENDER_HOME: home,
      OWNER_PASSWORD: await passwordOf(server),
    }
    const { stdout } = await promisify(execFile)('bash', ['-c', script], { env: environment })
    const printed = stdout.split('\n').flatMap((line) => (line.startsWith('= ') ? [line.slice(2)] : []))
    assert.deepEqual(printed, expected)
  } finally {
    await server.stop()
    await remove()
  }
})
