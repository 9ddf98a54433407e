import { FlatRenderError } from '@flatrender/contracts/errors'

/** How many may wait before the next is sent away: two seconds of work at 20 ms a hash and two at once. */
const WAITING = 200

/**
 * Lets at most so many works run at once; the others wait in the order in which they came.
 * Errors: SERVICE_UNAVAILABLE when too many wait already.
 */
export function takeTurns(atOnce: number): <Result>(work: () => Promise<Result>) => Promise<Result> {
  let running = 0
  const queue: (() => void)[] = []
  return async (work) => {
    if (running < atOnce) running += 1
    else {
      if (queue.length >= WAITING) throw new FlatRenderError('SERVICE_UNAVAILABLE', { service: 'identity' })
      // Whoever ends hands its turn over, so `running` stays.
      await new Promise<void>((resolve) => queue.push(resolve))
    }
    try {
      return await work()
    } finally {
      const next = queue.shift()
      if (next === undefined) running -= 1
      else next()
    }
  }
}
