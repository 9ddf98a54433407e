import assert from 'node:assert/strict'
import { readdir, readFile, rm } from 'node:fs/promises'
import path from 'node:path'
import { after, before, test } from 'node:test'
import { isFlatRenderError } from '@flatrender/contracts/errors'
import { listChildren } from '../testbed/list-children.ts'
import { openTestbed, type Testbed } from '../testbed/open-testbed.ts'
import { cardScene, makeTemplate } from '../testbed/test-template.ts'
import type { WorkOrder } from '../work/work.ts'
import { recordCrash } from './record-crash.ts'
import type { WorkerCrash } from './worker-crash.ts'
import type { WorkerPoolOptions } from './worker-pool.ts'

const onLinux = { skip: process.platform !== 'linux' && 'processes are told apart by /proc' }
const template = makeTemplate([cardScene('card', 150)])
let bed: Testbed
let undisturbed: Buffer
/** Resident bytes of its workers, at the most. */
let peakRss: number
before(async () => {
  bed = await openTestbed()
  peakRss = (await bed.render(template, 'whole.mp4')).peakRss
  undisturbed = await readFile(bed.file('whole.mp4'))
})
after(() => bed.close())

/** Renders with one worker; `strike` meets it at its first sign of life on each of the first `times` attempts. */
async function renderStruck(
  name: string,
  strike: (pid: number) => void,
  times: number,
  options: Partial<WorkerPoolOptions> = {},
): Promise<WorkerCrash[]> {
  await bed.forget()
  const crashes: WorkerCrash[] = []
  const others = new Set(listChildren(process.pid))
  const struck = new Set<number>()
  const pool = bed.openPool({
    ...options,
    onCrash: async (crash) => {
      crashes.push(crash)
      return options.onCrash?.(crash) ?? 'nowhere'
    },
  })
  const onProgress = () => {
    for (const pid of listChildren(process.pid)) {
      if (others.has(pid) || struck.has(pid) || struck.size >= times) continue
      struck.add(pid)
      strike(pid)
    }
  }
  try {
    await bed.render(template, name, { pool, onProgress })
    return crashes
  } finally {
    await pool.close()
  }
}

async function failureOf(work: Promise<unknown>): Promise<Error & { readonly data?: unknown }> {
  return work.then(
    () => assert.fail('nothing was thrown'),
    (failure: Error) => failure,
  )
}

const kinds: readonly (readonly [string, NodeJS.Signals, RegExp, Partial<WorkerPoolOptions>])[] = [
  ['is killed', 'SIGKILL', /signal SIGKILL/, {}],
  ['breaks a memory access', 'SIGSEGV', /signal SIGSEGV/, {}],
  ['aborts', 'SIGABRT', /signal SIGABRT/, {}],
  ['stands still', 'SIGSTOP', /silence: no frame for 3 s/, { hangTimeout: 3000 }],
]

for (const [what, signal, reason, options] of kinds) {
  test(`a worker that ${what} costs one more attempt, and not a bit of the file`, onLinux, async () => {
    const crashes = await renderStruck('struck.mp4', (pid) => process.kill(pid, signal), 1, options)
    assert.equal(crashes.length, 1)
    assert.match(crashes[0]?.reason ?? '', reason)
    assert.equal(crashes[0]?.attempt, 1)
    assert.ok((await readFile(bed.file('struck.mp4'))).equals(undisturbed))
  })
}

/** Renders with one worker at a time, whose end is no crash, and says how many there were one after the other. */
async function countReplaced(options: Partial<WorkerPoolOptions>): Promise<number> {
  await bed.forget()
  const others = new Set(listChildren(process.pid))
  const met = new Set<number>()
  const crashes: WorkerCrash[] = []
  const onCrash = async (crash: WorkerCrash) => `${crashes.push(crash)}`
  const pool = bed.openPool({ ...options, workers: 1, onCrash })
  const onProgress = () => {
    for (const pid of listChildren(process.pid)) if (!others.has(pid)) met.add(pid)
  }
  await bed.render(template, 'replaced.mp4', { pool, onProgress })
  await pool.close()
  assert.deepEqual(crashes, [])
  assert.deepEqual(
    listChildren(process.pid).filter((pid) => met.has(pid)),
    [],
  )
  assert.ok((await readFile(bed.file('replaced.mp4'))).equals(undisturbed))
  return met.size - 1
}

test('a worker that has grown is replaced between two orders, and not a bit changes', onLinux, async () => {
  assert.ok((await countReplaced({ growth: -1 })) > 0)
  assert.equal(await countReplaced({}), 0)
})

test('so is one that has nearly as much memory as it may, before it would be killed', onLinux, async () => {
  assert.ok((await countReplaced({ memoryLimit: peakRss * 1.15 })) > 0)
})

test(
  'a worker that takes too much memory is ended, and the render fails when none can do with less',
  onLinux,
  async () => {
    await rm(bed.workspace.crashes, { recursive: true })
    await bed.forget()
    const pool = bed.openPool({
      memoryLimit: 40e6,
      onCrash: (crash) => recordCrash(crash, bed.workspace.crashes),
    })
    const error = await failureOf(bed.render(template, 'big.mp4', { pool }))
    assert.ok(isFlatRenderError(error, 'WORKER_CRASHED', 'WORKER_UNSTARTABLE'), String(error))
    assert.match(error.message, /memory: \d+ MB resident/)
    await pool.close()
  },
)

test(
  'after three attempts the error names frames, piece and record, which has all that reproduces it',
  onLinux,
  async () => {
    const onCrash = (crash: WorkerCrash) => recordCrash(crash, bed.workspace.crashes)
    const kill = (pid: number) => process.kill(pid, 'SIGSEGV')
    const error = await failureOf(renderStruck('never.mp4', kill, 3, { onCrash }))
    assert.ok(isFlatRenderError(error, 'WORKER_CRASHED'), String(error))
    assert.match(
      error.message,
      /Frames (0–74|75–149) of card .* workers that died of it: 3, the last by signal SIGSEGV/,
    )
    const record = String((error.data as { record: string }).record)
    const crash = JSON.parse(await readFile(path.join(record, 'crash.json'), 'utf8')) as WorkerCrash
    const { lottieFile } = crash.order as WorkOrder<'paint'>
    const lottie = JSON.parse(await readFile(lottieFile, 'utf8')) as { layers: unknown[] }
    assert.equal(path.dirname(lottieFile), record)
    assert.equal(lottie.layers.length, 3)
    assert.deepEqual([crash.attempt, crash.signal], [3, 'SIGSEGV'])
    assert.ok(!(await readdir(bed.folder)).some((name) => name.startsWith('never')), 'no file is left')
  },
)

test('a record that cannot be written does not cost the render', onLinux, async () => {
  const onCrash = () => Promise.reject(new Error('disk full'))
  const crashes = await renderStruck('unrecorded.mp4', (pid) => process.kill(pid, 'SIGKILL'), 1, { onCrash })
  assert.equal(crashes.length, 1)
})

test(
  'workers that die as they start end the work with their last words, and are not started for ever',
  onLinux,
  async () => {
    await bed.forget()
    const environment = { ...process.env, NODE_OPTIONS: '--no-such-flag' }
    const pool = bed.openPool({ workers: 2, environment })
    const started = performance.now()
    for (let round = 0; round < 2; round++) {
      await assert.rejects(
        bed.render(template, 'unborn.mp4', { pool }),
        (error: Error) =>
          isFlatRenderError(error, 'WORKER_UNSTARTABLE') && /no-such-flag/.test(error.message),
      )
    }
    assert.ok(performance.now() - started < 20_000)
    await pool.close()
  },
)

test('closing ends workers and orders, leaves no file, and may be done twice', onLinux, async () => {
  await bed.forget()
  const others = new Set(listChildren(process.pid))
  const pool = bed.openPool({ workers: 2 })
  let closed: Promise<void> | undefined
  const onProgress = ({ framesPainted }: { framesPainted: number }) => {
    if (framesPainted > 10) closed ??= pool.close()
  }
  await assert.rejects(bed.render(template, 'closed.mp4', { pool, onProgress }), (error) =>
    isFlatRenderError(error, 'RENDER_CANCELLED'),
  )
  await Promise.all([closed, pool.close()])
  assert.deepEqual(
    listChildren(process.pid).filter((pid) => !others.has(pid)),
    [],
  )
  assert.deepEqual(await readdir(path.join(bed.workspace.folder, 'scratch')), [])
  assert.ok(!(await readdir(bed.folder)).some((name) => name.startsWith('closed')))
  await assert.rejects(pool.run({ kind: 'probe', file: 'none' }), (error) =>
    isFlatRenderError(error, 'RENDER_CANCELLED'),
  )
})

test('an order whose worker dies while the pool closes is ended too', onLinux, async () => {
  await bed.forget()
  const record = Promise.withResolvers<string>()
  const crashed = Promise.withResolvers<void>()
  const others = new Set(listChildren(process.pid))
  const onCrash = () => {
    crashed.resolve()
    return record.promise
  }
  const pool = bed.openPool({ onCrash })
  const onProgress = () => {
    for (const pid of listChildren(process.pid)) if (!others.has(pid)) process.kill(pid, 'SIGKILL')
  }
  const rendering = bed.render(template, 'both.mp4', { pool, onProgress })
  rendering.catch(() => {})
  await crashed.promise
  await pool.close()
  record.resolve('late')
  await assert.rejects(rendering, (error) => isFlatRenderError(error, 'RENDER_CANCELLED'))
})
