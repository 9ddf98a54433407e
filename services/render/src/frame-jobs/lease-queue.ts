import type { Listener } from '@flatrender/platform/db'
import type { LeasedRow, LeaseWish } from './frame-jobs-system-store.ts'
import { openSpacing } from './spacing.ts'

/** Asks PostgreSQL for work of some nodes, in their order; `again`: others had hold of what there is. */
export type AskForWork = (
  wishes: readonly LeaseWish[],
) => Promise<readonly { readonly jobs: LeasedRow[]; readonly again: boolean }[]>

interface Waiter extends LeaseWish {
  readonly answer: (jobs: LeasedRow[]) => void
  readonly fail: (error: unknown) => void
  /** Milliseconds of `performance.now()` until which it waits. */
  readonly until: number
}

/**
 * Questions to PostgreSQL at once: more would only wait there, in the way of reports. Nodes that one of them asks for.
 * Milliseconds between two of them.
 */
const [AT_ONCE, TOGETHER, EVERY] = [2, 16, 10]
/** Milliseconds between two looks for work while somebody waits and nobody rings. */
const LOOK_EVERY = 500
/** Milliseconds until work that others had hold of is asked for again. */
const AGAIN_AFTER = 4

/** Nodes that wait for work in this process. */
export type LeaseQueue = ReturnType<typeof openLeaseQueue>

/**
 * Lets nodes wait for work without each of them asking: one that finds nothing waits for the bell, and while any waits one of
 * them looks twice a second. The bell is hung up when the first one asks. `close` answers all with nothing.
 */
export function openLeaseQueue(ask: AskForWork, listen: (ring: () => void) => Listener) {
  /** Those to be asked for now, in the order in which they came. */
  let hungry: Waiter[] = []
  /** Found nothing when last asked for. */
  let waiting: Waiter[] = []
  let asking = 0
  let closed = false
  let bells = 0
  let looking: NodeJS.Timeout | undefined
  let bell: Listener | undefined

  const leave = (waiter: Waiter) => {
    hungry = hungry.filter((other) => other !== waiter)
    waiting = waiting.filter((other) => other !== waiter)
  }
  const look = () => {
    if (looking !== undefined || waiting.length === 0) return
    looking = setTimeout(() => {
      looking = undefined
      const first = waiting.shift()
      if (first !== undefined) hungry.push(first)
      pump()
      look()
    }, LOOK_EVERY)
    looking.unref()
  }
  const serve = async (waiters: readonly Waiter[]) => {
    const heard = bells
    try {
      const answers = await ask(waiters)
      for (const [index, waiter] of waiters.entries()) hear(waiter, answers[index]!, heard)
    } catch (error) {
      for (const waiter of waiters) waiter.fail(error)
    }
  }
  const hear = (waiter: Waiter, { jobs, again }: { jobs: LeasedRow[]; again: boolean }, heard: number) => {
    if (jobs.length > 0) {
      waiter.answer(jobs)
      // Where there was some for one there may be for the next.
      const next = waiting.shift()
      if (next !== undefined) hungry.push(next)
      return
    }
    if (closed || performance.now() >= waiter.until) return waiter.answer([])
    if (again) {
      setTimeout(() => {
        if (closed || performance.now() >= waiter.until) return waiter.answer([])
        hungry.push(waiter)
        pump()
      }, AGAIN_AFTER)
      return
    }
    // Work may have come between the question and its answer.
    if (heard === bells) waiting.push(waiter)
    else hungry.push(waiter)
  }
  const pump = () => {
    while (asking < AT_ONCE && hungry.length > 0) {
      if (hungry.length >= TOGETHER) spacing.beginNow()
      else if (!spacing.begin()) return
      const waiters = hungry.splice(0, TOGETHER)
      asking++
      void serve(waiters).finally(() => {
        asking--
        pump()
        look()
      })
    }
  }

  const spacing = openSpacing(EVERY, pump)

  const ring = () => {
    bells++
    hungry.push(...waiting.splice(0))
    pump()
  }

  return {
    /** Work for a node; empty if none comes within `waitSeconds`, or its signal says that it is gone. */
    lease(wish: LeaseWish, waitSeconds: number, signal?: AbortSignal): Promise<LeasedRow[]> {
      if (closed) return Promise.resolve([])
      bell ??= listen(ring)
      return new Promise((resolve, reject) => {
        const until = performance.now() + waitSeconds * 1000
        const timer = setTimeout(() => {
          // One that is being asked for is answered by that.
          if (!waiting.includes(waiter)) return
          leave(waiter)
          waiter.answer([])
        }, waitSeconds * 1000)
        const gone = () => {
          if (!waiting.includes(waiter) && !hungry.includes(waiter)) return
          leave(waiter)
          waiter.answer([])
        }
        const done = () => {
          clearTimeout(timer)
          signal?.removeEventListener('abort', gone)
        }
        const waiter: Waiter = {
          ...wish,
          until,
          answer: (jobs) => {
            done()
            resolve(jobs)
          },
          fail: (error) => {
            done()
            reject(error instanceof Error ? error : new Error(String(error)))
          },
        }
        signal?.addEventListener('abort', gone)
        hungry.push(waiter)
        pump()
      })
    },
    /** There is work, perhaps: everybody who waits is asked for. */
    ring,
    /** How many wait. */
    get waiting() {
      return waiting.length + hungry.length
    },
    async close() {
      closed = true
      clearTimeout(looking)
      spacing.close()
      for (const waiter of [...hungry.splice(0), ...waiting.splice(0)]) waiter.answer([])
      await bell?.close()
    },
  }
}
