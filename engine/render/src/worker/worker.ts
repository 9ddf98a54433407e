// A worker process: takes orders, one at a time, until its pool goes away.
import { flushCompileCache } from 'node:module'
import { FlatRenderError } from '@flatrender/contracts/errors'
import { carryOut } from '../work/carry-out.ts'
import type { Sign } from '../work/work.ts'
import type { WorkerFailure, WorkerOrder, WorkerReport } from './messages.ts'

/** Between two signs of life, of which work gives many more; milliseconds. */
const REPORT_INTERVAL = 100

const send = (report: WorkerReport): void => {
  // The pool may be gone; then this process goes as well, below.
  if (process.connected) process.send?.(report)
}

process.on('message', async ({ id, order }: WorkerOrder) => {
  try {
    let last = Number.NEGATIVE_INFINITY
    const sign: Sign = (frame, rss) => {
      if (performance.now() - last < REPORT_INTERVAL) return
      last = performance.now()
      send({ type: 'frame', id, frame, rss })
    }
    send({ type: 'done', id, result: await carryOut(order, sign) })
  } catch (error) {
    send({ type: 'failed', id, failure: describeFailure(error) })
  }
})

// Ctrl-C reaches the whole process group, a service's end all its processes; the pool decides what becomes of workers.
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => {})
process.on('disconnect', () => process.exit(0))
send({ type: 'ready' })
// Its pool kills it, so it never comes to the end at which Node would keep what it compiled: the next starts in half the time.
flushCompileCache()

function describeFailure(error: unknown): WorkerFailure {
  const { message, stack = '' } = error instanceof Error ? error : new Error(String(error))
  return error instanceof FlatRenderError
    ? { message, stack, code: error.code, data: error.data }
    : { message, stack }
}
