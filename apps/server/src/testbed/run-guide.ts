import { execFile } from 'node:child_process'
import { readFile } from 'node:fs/promises'
import { promisify } from 'node:util'

/** A guide's commands: where a line ends in a comment, its last command must print just that. */
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

/** Runs the commands of a guide in `docs/guides`; gives what they printed, and what the guide says that they print. */
export async function runGuide(
  name: string,
  environment: NodeJS.ProcessEnv,
): Promise<{ printed: string[]; expected: string[] }> {
  const text = await readFile(new URL(`../../../../docs/guides/${name}`, import.meta.url), 'utf8')
  const { script, expected } = readScript(text)
  const { stdout } = await promisify(execFile)('bash', ['-c', script], {
    env: { ...process.env, ...environment },
  })
  const printed = stdout.split('\n').flatMap((line) => (line.startsWith('= ') ? [line.slice(2)] : []))
  return { printed, expected }
}
