// A worker process: takes orders to paint segments, one at a time, until its pool goes away.
import { FlatRenderError } from '@flatrender/contracts/errors'
import { paintSegment } from '../paint/paint-segment.ts'
import type { WorkerFailure, WorkerOrder, WorkerReport } from './messages.ts'

/** Frames between two signs of life. */
const REPORT_INTERVAL = 5

const send = (report: WorkerReport): void => {
  // The pool may be gone; then this process goes as well, below.
  if (process.connected) process.send?.(report)
}

process.on('message', async ({ id, order }: WorkerOrder) => {
  try {
    const result = await paintSegment(order, (frame, rss) => {
      if ((frame - order.from) % REPORT_INTERVAL === 0) send({ type: 'frame', id, frame, rss })
    })
    send({ type: 'done', id, result })
  } catch (error) {
    send({ type: 'failed', id, failure: describeFailure(error) })
  }
})

// Ctrl-C reaches the whole process group, a service's end all its processes; the pool decides what becomes of workers.
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => {})
process.on('disconnect', () => process.exit(0))
send({ type: 'ready' })

function describeFailure(error: unknown): WorkerFailure {
  const { message, stack = '' } = error instanceof Error ? error : new Error(String(error))
  return error instanceof FlatRenderError
    ? { message, stack, code: error.code, data: error.data }
    : { message, stack }
}
