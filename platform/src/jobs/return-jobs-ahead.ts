import type { EventEmitter } from 'node:events'
import type { WorkerEvents } from 'graphile-worker'

/** What of Graphile Worker's own queue its types don't show. */
interface OpenLocalQueue {
  /** Holds the end up until it is done. */
  background(work: Promise<void>): void
}

/**
 * Lets a queue that stops give the jobs back that it has taken along. Graphile Worker 0.18 fails at it where nothing else
 * is under way (“Cannot background something when the queue is already released”), and would leave them locked.
 */
export function returnJobsAhead(events: WorkerEvents & EventEmitter): void {
  events.on('localQueue:init', ({ localQueue }) => {
    const { promise, resolve } = Promise.withResolvers<void>()
    const open = localQueue as unknown as OpenLocalQueue
    open.background(promise)
    events.on('localQueue:setMode', ({ localQueue: changed, newMode }) => {
      // By then it has begun to return them.
      if (changed === localQueue && newMode === 'RELEASED') queueMicrotask(resolve)
    })
  })
}
