import { callAsSystem } from '@flatrender/contracts/call'
import { isFlatRenderError } from '@flatrender/contracts/errors'
import type { AnsweredRequest } from '@flatrender/contracts/identity'
import type { GatewayDeps } from '../deps.ts'

/** Milliseconds that answered requests wait to be written, and how many are written at once. */
const [PAUSE, BATCH] = [1000, 500]
/** So many wait while the identity service is away; older ones are given up. */
const MOST_WAITING = 5000

/** Hands answered requests on to be written down. */
export interface RequestLog {
  add(request: AnsweredRequest): void
  /** Writes what still waits, then no more. */
  close(): Promise<void>
}

/**
 * Opens the log. Requests are written in batches, some time after their answer: a process that is killed loses its last
 * second, and what isn't written while the identity service is away is tried again, as far as it is held.
 */
export function openRequestLog({ identity, onError }: Pick<GatewayDeps, 'identity' | 'onError'>): RequestLog {
  let waiting: AnsweredRequest[] = []
  let writing: Promise<void> = Promise.resolve()
  const write = async (): Promise<void> => {
    const requests = waiting.slice(0, BATCH)
    if (requests.length === 0) return
    waiting = waiting.slice(BATCH)
    try {
      await identity.access.recordRequests({ requests }, { context: callAsSystem() })
    } catch (error) {
      onError(error, { id: '', route: 'request log' })
      // What is refused would be refused for ever, and hold up all that comes after it.
      if (isRetryable(error)) waiting = [...requests, ...waiting].slice(-MOST_WAITING)
      return
    }
    if (waiting.length >= BATCH) await write()
  }
  const timer = setInterval(() => {
    writing = writing.then(write)
  }, PAUSE)
  timer.unref()
  return {
    add(request) {
      waiting.push(request)
      if (waiting.length > MOST_WAITING) waiting.shift()
    },
    async close() {
      clearInterval(timer)
      await writing
      await write()
    },
  }
}

function isRetryable(error: unknown): boolean {
  return isFlatRenderError(error, 'DATABASE_LOST', 'SERVICE_UNAVAILABLE')
}
