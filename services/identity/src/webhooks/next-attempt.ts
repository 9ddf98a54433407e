/** Seconds from one try to the next, eight in all: within seconds, then ever less often, over a day. */
const PAUSES = [5, 300, 1800, 7200, 18_000, 21_600, 32_400]

/** How far a pause may be off, so that what failed together isn't tried together. */
const JITTER = 0.1

/** Seconds until the try after this one (1 for the first); undefined after the last. `chance` is from 0 to 1. */
export function pauseAfter(attempt: number, chance = Math.random()): number | undefined {
  const pause = PAUSES[attempt - 1]
  return pause && pause * (1 - JITTER + 2 * JITTER * chance)
}

/** The longest that one failure keeps everything else from its server, in seconds. */
const LONGEST_REST = 600

/** Seconds for which nothing else is sent to a server that has failed so often in a row: it costs others their time. */
export function restAfter(failures: number): number {
  return Math.min(LONGEST_REST, 5 * 2 ** Math.min(failures - 1, 10))
}
