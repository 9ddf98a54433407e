import assert from 'node:assert/strict'
import { randomBytes, randomUUID } from 'node:crypto'
import { mkdir, mkdtemp, readdir, readFile, rm, stat } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterEach, beforeEach, test } from 'node:test'
import { DEFAULT_TENANT_ID } from '@flatrender/contracts/call'
import { FlatRenderError } from '@flatrender/contracts/errors'
import type { LeasedJob } from '@flatrender/contracts/node'
import { type NodeOptions, type RunningNode, startNode } from './index.ts'
import { eventually } from './testbed/eventually.ts'
import { openFarmServer, sha256Of } from './testbed/open-farm-server.ts'
import { openObedientEngine } from './testbed/open-obedient-engine.ts'

let farm: Awaited<ReturnType<typeof openFarmServer>>
let engine: ReturnType<typeof openObedientEngine>
let home: string
let said: string[]
const nodes: RunningNode[] = []

beforeEach(async () => {
  farm = await openFarmServer()
  engine = openObedientEngine()
  home = await mkdtemp(path.join(tmpdir(), 'flatrender-node-'))
  said = []
})
afterEach(async () => {
  await Promise.all(nodes.splice(0).map((node) => node.close()))
  await farm.close()
  await rm(home, { recursive: true, force: true })
})

const start = async (more: Partial<NodeOptions> = {}) => {
  const node = await startNode({
    server: farm.url,
    enrolment: { token: farm.token },
    home,
    workers: 2,
    memory: 1e9,
    cacheBytes: 1e9,
    onlyWhenIdle: false,
    drainSeconds: 5,
    openEngine: async () => engine.engine,
    signal: new AbortController().signal,
    log: { info: (words) => said.push(words), warn: (words) => said.push(words) },
    ...more,
  })
  nodes.push(node)
  return node
}

/** A job whose picture is put under its id. */
const makeJob = (): LeasedJob => {
  const content = randomBytes(100)
  const hash = sha256Of(content)
  farm.shelf.files.set(hash, content)
  const jobId = randomUUID()
  return {
    tenantId: DEFAULT_TENANT_ID,
    jobId,
    fence: 3,
    kind: 'thumbnail',
    attempt: 1,
    leaseSeconds: 5,
    order: {
      kind: 'thumbnail',
      media: { hash, bytes: 100, url: `/files/${hash}`, extension: '.png' },
      seconds: 0,
      maxSide: 100,
      format: 'png',
      put: `/files/${jobId}`,
    },
  }
}
const leaseOf = ({ tenantId, jobId, fence }: LeasedJob) => ({ tenantId, jobId, fence })
const isAsked = (procedure: Parameters<typeof farm.asked>[0], times = 1) =>
  eventually(() => farm.asked(procedure).length >= times && farm.asked(procedure))

test('a node enrols once, gets what it needs, puts what it made, and reports it', async () => {
  const job = makeJob()
  farm.offer(job)
  const node = await start()
  const [complete] = await isAsked('complete')
  assert.deepEqual(leaseOf(complete), leaseOf(job))
  const picture = farm.shelf.files.get(job.jobId)!
  assert.deepEqual([complete.result.hash, complete.result.bytes], [sha256Of(picture), picture.length])
  assert.equal(picture.toString(), `picture of ${(job.order as { media: { hash: string } }).media.hash}`)
  const { workers, platform, engineBuild } = farm.asked('start')[0].description
  assert.deepEqual([workers, platform, engineBuild], [2, process.platform, 'obedient'])
  if (process.platform !== 'win32')
    assert.equal((await stat(path.join(home, 'node.json'))).mode & 0o777, 0o600)
  await node.close()
  assert.deepEqual(farm.asked('release').at(-1), { leases: [], leaving: true })
  assert.deepEqual(await readdir(path.join(home, 'scratch')), [])

  // It is known now: a token is needed no more, and the same one may stay where it is.
  await (await start({ enrolment: { token: undefined } })).close()
  await (await start()).close()
  assert.equal(farm.asked('enrol').length, 1)
})

test('whoever is cut off while enrolling comes again with the same key', async () => {
  farm.rules.cut = ({ procedure }) => procedure === 'enrol' && farm.asked('enrol').length === 1
  const node = await start()
  const [first, second] = farm.asked('enrol')
  assert.equal(first.publicKey, second.publicKey)
  assert.equal(node.name, 'one')
})

test('a node without a token, or with a wrong one, is told', async () => {
  await assert.rejects(start({ enrolment: { token: undefined } }), { code: 'NODE_NOT_ENROLLED' })
  await assert.rejects(start({ enrolment: { token: 'another token that is long' } }), {
    code: 'NODE_ENROLMENT_REFUSED',
  })
  await start()
})

test('one folder is one node', async () => {
  await start()
  await assert.rejects(start(), { code: 'NODE_HOME_TAKEN' })
})

test('what the server refuses for good ends the start, and what a former life left is cleared away', async () => {
  farm.rules.intervene = ({ procedure }) => {
    if (procedure !== 'start') return
    throw new FlatRenderError('NODE_VERSION_REFUSED', { version: '2', wanted: '3' })
  }
  await assert.rejects(start(), { code: 'NODE_VERSION_REFUSED', message: /FlatRender 2, .* with 3/ })
  delete farm.rules.intervene
  await start()
})

test('a node whose clock is an hour late signs by the server’s', async () => {
  farm.rules.ahead = 3_600_000
  farm.offer(makeJob())
  await start()
  await isAsked('complete')
})

test('as many jobs run at once as there are workers', async () => {
  engine.hold()
  farm.offer(...Array.from({ length: 5 }, makeJob))
  await start()
  await eventually(() => engine.running() === 2)
  await isAsked('beat', 3)
  assert.equal(farm.asked('lease').length, 1)
  engine.free()
  await isAsked('complete', 5)
  assert.equal(engine.most(), 2)
})

test('beats renew what runs and tell how the machine fares; what is lost is dropped and not reported', async () => {
  engine.hold()
  const [lost, kept] = [makeJob(), makeJob()]
  farm.offer(lost, kept)
  await start()
  await eventually(() => engine.running() === 2)
  const told = await eventually(() => farm.asked('beat').find(({ running }) => running.length === 2))
  assert.deepEqual(told.running[0], { ...leaseOf(lost), framesDone: 7 })
  assert.equal(told.takesWork, true)
  assert.ok(told.health.memoryTotalBytes >= told.health.memoryUsedBytes && told.health.diskTotalBytes > 0)
  farm.rules.intervene = ({ procedure }) =>
    procedure === 'beat' ? { lost: [leaseOf(lost)], wish: 'work' } : undefined
  await eventually(() => engine.running() === 1)
  engine.free()
  const completed = await isAsked('complete')
  await (await nodes.pop()!).close()
  assert.deepEqual(completed.map(leaseOf), [leaseOf(kept)])
  assert.deepEqual(farm.asked('fail'), [])
})

test('a report is repeated until it is heard, and no longer than the lease is ours', async () => {
  const [heard, lost] = [makeJob(), makeJob()]
  let times = 0
  farm.rules.cut = ({ procedure, input }) =>
    procedure === 'complete' && input.jobId === heard.jobId && ++times <= 2
  farm.rules.intervene = ({ procedure, input }) => {
    if (procedure !== 'complete' || input.jobId !== lost.jobId) return
    throw new FlatRenderError('LEASE_LOST', { job: lost.jobId, fence: lost.fence })
  }
  farm.offer(heard, lost)
  const node = await start()
  await isAsked('complete', 4)
  await node.close()
  const reported = farm.asked('complete').map(({ jobId }) => jobId)
  assert.equal(reported.filter((id) => id === heard.jobId).length, 3)
  assert.equal(reported.filter((id) => id === lost.jobId).length, 1)
})

test('what an order fails of is reported by its code, and whether another try may help', async () => {
  engine.fail(new FlatRenderError('SLOT_PAINTED_NOTHING', { scene: 'a', slot: 'b', frame: 1 }))
  farm.offer(makeJob())
  await start()
  const [failed] = await isAsked('fail')
  assert.deepEqual([failed.failure.code, failed.failure.retryable], ['SLOT_PAINTED_NOTHING', false])
  engine.fail(new Error('what was that?'))
  farm.offer(makeJob())
  const [, broken] = await isAsked('fail', 2)
  assert.deepEqual([broken.failure.code, broken.failure.retryable], ['NODE_BROKEN', true])
  engine.fail(undefined)
  const job = makeJob()
  farm.shelf.files.clear()
  farm.offer(job)
  const [, , missing] = await isAsked('fail', 3)
  assert.deepEqual([missing.failure.code, missing.failure.retryable], ['NODE_INPUT_UNREACHABLE', true])
})

test('where the disk is full, the job goes back and none is taken', async () => {
  engine.fail(new FlatRenderError('OUTPUT_DISK_FULL', { file: 'a', folder: 'b', reason: 'ENOSPC' }))
  const job = makeJob()
  farm.offer(job)
  await start()
  const [released] = await isAsked('release')
  assert.deepEqual(released, { leases: [leaseOf(job)], leaving: false })
  await eventually(() => farm.asked('beat').at(-1)?.takesWork === false)
  assert.deepEqual(farm.asked('fail'), [])
  assert.match(said.join('\n'), /disk is full/)
})

test('a file that can’t be dropped from a full disk ends no node', async () => {
  engine.hold()
  engine.fail(new FlatRenderError('OUTPUT_DISK_FULL', { file: 'a', folder: 'b', reason: 'ENOSPC' }))
  farm.offer(makeJob())
  await start()
  await eventually(() => engine.running() === 1)
  const files = await readdir(path.join(home, 'files'), { recursive: true, withFileTypes: true })
  const kept = files.find((entry) => entry.isFile())!
  await rm(path.join(kept.parentPath, kept.name))
  await mkdir(path.join(kept.parentPath, kept.name))
  engine.free()
  await isAsked('release')
  await eventually(() =>
    said.some((words) => /^A file that was to make room could not be deleted: /.test(words)),
  )
  await isAsked('beat', farm.asked('beat').length + 2)
})

test('who is to drain ends what runs and takes nothing; who is to pause gives it back', async () => {
  engine.hold()
  farm.offer(makeJob())
  await start()
  await eventually(() => engine.running() === 1)
  farm.rules.wish = 'drain'
  await eventually(() => farm.asked('beat').at(-1)?.takesWork === false)
  engine.free()
  await isAsked('complete')
  farm.offer(makeJob())
  await isAsked('beat', farm.asked('beat').length + 3)
  assert.equal(engine.running(), 0)

  engine.hold()
  farm.rules.wish = 'work'
  await eventually(() => engine.running() === 1)
  farm.rules.wish = 'pause'
  const [released] = await isAsked('release')
  assert.equal(released.leases.length, 1)
  assert.deepEqual(farm.asked('fail'), [])
})

test('a node that is closed ends what it has in time, and gives the rest back', async () => {
  engine.hold()
  const [quick, slow] = [makeJob(), makeJob()]
  farm.offer(quick)
  const node = await start({ drainSeconds: 30 })
  await eventually(() => engine.running() === 1)
  const closed = node.close()
  setTimeout(engine.free, 500)
  await closed
  assert.deepEqual(farm.asked('complete').map(leaseOf), [leaseOf(quick)])

  engine.hold()
  farm.offer(slow)
  const other = await start({ drainSeconds: 0.5 })
  await eventually(() => engine.running() === 1)
  await other.close()
  assert.deepEqual(farm.asked('release').slice(-2), [
    { leases: [leaseOf(slow)], leaving: false },
    { leases: [], leaving: true },
  ])
})

test('a node that the farm knows no longer ends, and says why', async () => {
  const node = await start()
  farm.rules.intervene = ({ procedure }) => {
    if (procedure === 'beat') throw new FlatRenderError('NODE_UNKNOWN')
    return undefined
  }
  await assert.rejects(node.ended, { code: 'NODE_UNKNOWN' })
})

test('while the server is away the node goes on, and asks until it is back', async () => {
  engine.hold()
  farm.offer(makeJob())
  await start()
  await eventually(() => engine.running() === 1)
  let away = true
  farm.rules.intervene = () => {
    if (away) throw new FlatRenderError('SERVICE_UNAVAILABLE', { service: 'render' })
    return undefined
  }
  engine.free()
  await isAsked('complete', 2)
  away = false
  const times = farm.asked('complete').length
  await eventually(() => farm.asked('complete').length > times)
  farm.offer(makeJob())
  await eventually(() => engine.most() === 1 && farm.asked('complete').length > times + 1)
  assert.match(said.join('\n'), /SERVICE_UNAVAILABLE/)
})

test('the private key is in no request and in no word', async () => {
  farm.offer(makeJob())
  await start()
  await isAsked('complete')
  const { privateKey } = JSON.parse(await readFile(path.join(home, 'node.json'), 'utf8'))
  const all = JSON.stringify([farm.asked('enrol'), farm.asked('start'), farm.asked('complete'), said])
  assert.ok(!all.includes(privateKey) && !said.join().includes(farm.token))
})
