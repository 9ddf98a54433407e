import assert from 'node:assert/strict'
import { type ChildProcess, spawn } from 'node:child_process'
import { randomUUID } from 'node:crypto'
import { once } from 'node:events'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterEach, beforeEach, test } from 'node:test'
import { fileURLToPath } from 'node:url'
import { DEFAULT_TENANT_ID } from '@flatrender/contracts/call'
import { FlatRenderError } from '@flatrender/contracts/errors'
import type { LeasedJob } from '@flatrender/contracts/node'
import { eventually } from './testbed/eventually.ts'
import { openFarmServer, sha256Of } from './testbed/open-farm-server.ts'

const program = fileURLToPath(new URL('../../cli/bin/flatrender.mjs', import.meta.url))
const DOT = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mP8z8BQDwAEhQGAhKmMIQAAAABJRU5ErkJggg==',
  'base64',
)
let farm: Awaited<ReturnType<typeof openFarmServer>>
let home: string
const children: ChildProcess[] = []

beforeEach(async () => {
  farm = await openFarmServer()
  home = await mkdtemp(path.join(tmpdir(), 'flatrender-node-command-'))
})
afterEach(async () => {
  for (const child of children.splice(0)) child.kill('SIGKILL')
  await farm.close()
  await rm(home, { recursive: true, force: true, maxRetries: 5 })
})

const run = (...more: string[]) => runCommand('start', ...more)
const runCommand = (...words: string[]) => {
  const child = spawn(process.execPath, [program, 'node', ...words, '--server', farm.url], {
    cwd: home,
    env: { ...process.env, FLATRENDER_NODE_TOKEN: farm.token, FLATRENDER_WORKERS: '1' },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  children.push(child)
  let text = ''
  for (const stream of [child.stdout, child.stderr])
    stream.setEncoding('utf8').on('data', (chunk: string) => {
      text += chunk
    })
  return { child, output: () => text, ended: once(child, 'exit') as Promise<[number | null]> }
}

const makeJob = (): LeasedJob => {
  const hash = sha256Of(DOT)
  farm.shelf.files.set(hash, DOT)
  const jobId = randomUUID()
  const media = { hash, bytes: DOT.length, url: `/files/${hash}`, extension: '.png' }
  const put = `/files/${jobId}`
  return {
    tenantId: DEFAULT_TENANT_ID,
    jobId,
    fence: 1,
    kind: 'thumbnail',
    attempt: 1,
    leaseSeconds: 5,
    order: { kind: 'thumbnail', media, seconds: 0, maxSide: 100, format: 'png', put },
  }
}

test('a node that is killed comes to itself again, and one that is asked to leaves in peace', async () => {
  const first = run()
  await eventually(() => farm.asked('start').length === 1)
  const job = makeJob()
  farm.offer(job)
  await eventually(() => farm.asked('complete').length === 1)
  assert.equal(farm.asked('complete')[0].jobId, job.jobId)
  first.child.kill('SIGKILL')
  await first.ended

  const second = run()
  await eventually(() => farm.asked('start').length === 2)
  const other = makeJob()
  farm.offer(other)
  await eventually(() => farm.asked('complete').length === 2)
  assert.ok(farm.shelf.files.get(other.jobId)!.length > 0)
  assert.equal(farm.asked('enrol').length, 1)
  second.child.kill('SIGTERM')
  assert.deepEqual((await second.ended)[0], 0, second.output())
  assert.deepEqual(farm.asked('release').at(-1), { leases: [], leaving: true })
})

test('a node that takes no work lives until it is told to end', async () => {
  const { child, ended, output } = run('--only-when-idle')
  await eventually(() => farm.asked('beat').length >= 3 || child.exitCode !== null)
  assert.equal(child.exitCode, null, output())
  assert.equal(farm.asked('beat').at(-1).takesWork, false)
  child.kill('SIGTERM')
  assert.equal((await ended)[0], 0, output())
})

test('a server of another version is told in a sentence, and the node ends with 1', async () => {
  farm.rules.intervene = ({ procedure }) => {
    if (procedure === 'enrol')
      throw new FlatRenderError('NODE_VERSION_REFUSED', { version: '2.0', wanted: '2.1' })
    return undefined
  }
  const { ended, output } = run()
  assert.equal((await ended)[0], 1)
  assert.match(output(), /^NODE_VERSION_REFUSED: This node is FlatRender 2\.0, .* Install the same version/)
})

test('what is wrong with the command line is said, with its exit code', async () => {
  for (const [words, said] of [
    [['--workers', '0', '--token', 'a token of nobody at all'], /COMMAND_WRONG: .*--workers/],
    [['--token', 'a token of nobody at all'], /NODE_ENROLMENT_REFUSED/],
  ] as const) {
    const { ended, output } = run(...words)
    assert.equal((await ended)[0], 2, output())
    assert.match(output(), said)
  }
})

test('a crash record is run again, and it is said whether it dies again', async () => {
  const { order } = makeJob()
  const record = { kind: 'died', signal: 'SIGSEGV', frame: null, engineBuild: 'another', order }
  const file = path.join(home, 'crash.json')
  await writeFile(file, JSON.stringify(record))
  const well = runCommand('replay', file)
  assert.equal((await well.ended)[0], 0, well.output())
  assert.match(well.output(), /of the engine build “another”[\s\S]*does not die here/)

  const garbage = Buffer.from('this is no picture, whatever it says')
  const hash = sha256Of(garbage)
  farm.shelf.files.set(hash, garbage)
  const media = { hash, bytes: garbage.length, url: `/files/${hash}`, extension: '.png' }
  await writeFile(file, JSON.stringify({ ...record, order: { ...order, media } }))
  const ill = runCommand('replay', file)
  assert.equal((await ill.ended)[0], 1, ill.output())
  assert.match(ill.output(), /No worker dies, but the order fails: MEDIA_/)

  const none = runCommand('replay', path.join(home, 'none.json'))
  assert.equal((await none.ended)[0], 2)
  assert.match(none.output(), /^CRASH_RECORD_INVALID/)
})
