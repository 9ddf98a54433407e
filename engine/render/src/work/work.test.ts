import assert from 'node:assert/strict'
import { copyFile, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { after, before, test } from 'node:test'
import { isFlatRenderError } from '@flatrender/contracts/errors'
import { listChildren } from '../testbed/list-children.ts'
import { openTestbed, type Testbed } from '../testbed/open-testbed.ts'
import { crashOf } from '../worker/crash-failure.ts'
import type { WorkerCrash } from '../worker/worker-crash.ts'
import type { WorkerPool, WorkerPoolOptions } from '../worker/worker-pool.ts'

const onLinux = { skip: process.platform !== 'linux' && 'processes are told apart by /proc' }
const media = path.join(import.meta.dirname, '../../../../templates/product-promo/data/media')
let bed: Testbed
before(async () => {
  bed = await openTestbed()
  await copyFile(path.join(media, 'bedside.jpg'), bed.file('picture.jpg'))
})
after(() => bed.close())

/** A pool of one worker that has done something already, and that worker. */
async function openWarmPool(options: Partial<WorkerPoolOptions>): Promise<[WorkerPool, number]> {
  const others = new Set(listChildren(process.pid))
  const pool = bed.openPool({ workers: 1, ...options })
  await pool.run({ kind: 'probe', file: bed.file('picture.jpg') })
  const [worker] = listChildren(process.pid).filter((pid) => !others.has(pid))
  return [pool, worker!]
}

const failureOf = (work: Promise<unknown>) =>
  work.then(
    () => assert.fail('nothing was thrown'),
    (failure: unknown) => failure,
  )

test('workers that are asked for when needed start with the first order', onLinux, async () => {
  const others = new Set(listChildren(process.pid))
  const pool = bed.openPool({ lazy: true })
  const started = () => listChildren(process.pid).filter((pid) => !others.has(pid))
  assert.deepEqual(started(), [])
  assert.equal((await pool.run({ kind: 'probe', file: bed.file('picture.jpg') })).kind, 'image')
  assert.equal(started().length, 1)
  await pool.close()
})

test('what work throws keeps its code across the border of processes', async () => {
  await writeFile(bed.file('broken.jpg'), 'no picture')
  const work = bed.openPool().run({ kind: 'probe', file: bed.file('broken.jpg') })
  assert.ok(isFlatRenderError(await failureOf(work), 'MEDIA_UNREADABLE'))
})

test(
  'media over which workers stand still end them, and not who asked; the error names the file',
  onLinux,
  async () => {
    const crashes: WorkerCrash[] = []
    const onCrash = async (crash: WorkerCrash) => `record ${crashes.push(crash)}`
    const file = bed.file('picture.jpg')
    const [pool, worker] = await openWarmPool({ attempts: 2, hangTimeout: 1000, onCrash })
    process.kill(worker, 'SIGSTOP')
    // The next worker does it.
    assert.equal((await pool.run({ kind: 'probe', file })).kind, 'image')
    assert.deepEqual(
      crashes.map(({ kind, order, attempt }) => [kind, order.kind, attempt]),
      [['stuck', 'probe', 1]],
    )
    await pool.close()
  },
)

test('an order whose workers die names what was being done, and how the last one died', onLinux, async () => {
  const [pool, worker] = await openWarmPool({ attempts: 1, onCrash: async () => 'nowhere' })
  process.kill(worker, 'SIGSTOP')
  const order = { file: bed.file('picture.jpg'), output: bed.file('never') }
  const failed = failureOf(pool.run({ kind: 'picture', ...order }))
  process.kill(worker, 'SIGKILL')
  const failure = await failed
  assert.ok(isFlatRenderError(failure, 'WORK_CRASHED'), String(failure))
  assert.match(failure.message, /reading “.*picture\.jpg”.*signal SIGKILL/)
  assert.deepEqual([crashOf(failure)?.signal, crashOf(failure)?.order.kind], ['SIGKILL', 'picture'])
  await pool.close()
})

test('who takes an order back ends its worker alone', onLinux, async () => {
  const file = bed.file('picture.jpg')
  const [pool, worker] = await openWarmPool({ onCrash: () => assert.fail('it is no crash') })
  process.kill(worker, 'SIGSTOP')
  const [first, second] = [new AbortController(), new AbortController()]
  const running = failureOf(pool.run({ kind: 'probe', file }, first))
  const waiting = failureOf(pool.run({ kind: 'probe', file }, second))
  const wanted = pool.run({ kind: 'probe', file })
  second.abort()
  assert.ok(isFlatRenderError(await waiting, 'RENDER_CANCELLED'))
  first.abort()
  assert.ok(isFlatRenderError(await running, 'RENDER_CANCELLED'))
  assert.equal(listChildren(process.pid).includes(worker), false)
  assert.equal((await wanted).kind, 'image')
  await pool.close()
})
