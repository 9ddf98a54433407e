/** What others took of the machine between two looks: the share of all cores, 0 to 1. */
export interface LoadSample {
  /** Milliseconds, by a clock that only goes forward. */
  readonly at: number
  readonly others: number
}

/** A machine counts as idle after so many milliseconds in which others took no more than this share of it. */
const [REST, QUIET] = [60_000, 0.15]
/** Who works takes more than this for so many milliseconds: a mail that arrives is nobody. */
const [STIR, LOUD] = [4_000, 0.3]

/**
 * Is the machine idle, going by what others took of it? It takes long to become idle, and a moment to be somebody's again:
 * between the two shares it stays what it was. A pure function of what was, and of the samples so far.
 */
export function isIdleAfter(wasIdle: boolean, samples: readonly LoadSample[], now: number): boolean {
  const since = (milliseconds: number) => samples.filter(({ at }) => at > now - milliseconds)
  if (wasIdle) {
    const late = since(STIR)
    return late.length === 0 || late.some(({ others }) => others <= LOUD)
  }
  const [first] = samples
  const isWatched = first !== undefined && first.at <= now - REST
  return isWatched && since(REST).every(({ others }) => others <= QUIET)
}
