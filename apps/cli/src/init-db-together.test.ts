import assert from 'node:assert/strict'
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { after, before, test } from 'node:test'
import { setTimeout } from 'node:timers/promises'

const program = path.join(import.meta.dirname, '../bin/flatrender.mjs')
let home: string
before(async () => {
  home = await mkdtemp(path.join(tmpdir(), 'flatrender-init-'))
})
after(() => rm(home, { recursive: true, force: true }))

/** Starts `flatrender init-db` on the home that all of them share. */
function start() {
  const environment = { ...process.env, FLATRENDER_HOME: home, FLATRENDER_DATABASE_URL: undefined }
  const child = spawn(process.execPath, [program, 'init-db'], {
    env: environment,
    stdio: ['ignore', 'ignore', 'pipe'],
  })
  let said = ''
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    said += text
  })
  const ended = once(child, 'close').then(([code]) => ({ code: code as number | null, said }))
  return { child, ended }
}

test('whenever it is killed, the next one finishes the work and leaves nothing of the dead', async () => {
  for (const after of [300, 900, 1600, 2400]) {
    const { child, ended } = start()
    await setTimeout(after)
    child.kill('SIGKILL')
    await ended
  }
  const { code, said } = await start().ended
  assert.equal(code, 0, said)
  const left = await readdir(home)
  assert.deepEqual(
    left.filter((name) => !['postgres', 'postgres.log', 'secret.key'].includes(name)),
    [],
  )
})

test('several at once and in turn all end well, and the last one stops the server', async () => {
  const runs: ReturnType<typeof start>[] = []
  for (let index = 0; index < 4; index++) {
    runs.push(start())
    await setTimeout(250)
  }
  for (const { code, said } of await Promise.all(runs.map(({ ended }) => ended))) assert.equal(code, 0, said)
  assert.ok(!(await readdir(path.join(home, 'postgres'))).includes('postmaster.pid'))
})

test('Ctrl-C ends it while it waits for another', async () => {
  const stat = await readFile(`/proc/${process.pid}/stat`, 'utf8').catch(() => '')
  const started = stat.slice(stat.lastIndexOf(')') + 2).split(' ')[19] ?? ''
  await writeFile(path.join(home, 'postgres.lock'), `${process.pid} ${started}`)
  const { child, ended } = start()
  await setTimeout(3000)
  child.kill('SIGINT')
  assert.equal((await ended).code, 130)
  await rm(path.join(home, 'postgres.lock'))
})
