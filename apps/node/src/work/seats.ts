/** As many seats as there are workers: who has files but no seat waits. */
export interface Seats {
  /** Takes a seat as soon as one is free, in the order of asking; gives what leaves it. Errors: the signal's reason. */
  take(signal: AbortSignal): Promise<() => void>
}

/** Sets so many seats up. */
export function openSeats(count: number): Seats {
  let free = count
  const waiting = new Set<() => void>()
  const leave = () => {
    const [next] = waiting
    if (next === undefined) free++
    else next()
  }
  return {
    async take(signal) {
      signal.throwIfAborted()
      if (free > 0) free--
      else
        await new Promise<void>((resolve, reject) => {
          const sit = () => {
            waiting.delete(sit)
            signal.removeEventListener('abort', giveUp)
            resolve()
          }
          const giveUp = () => {
            waiting.delete(sit)
            reject(signal.reason as Error)
          }
          waiting.add(sit)
          signal.addEventListener('abort', giveUp, { once: true })
        })
      return leave
    },
  }
}
