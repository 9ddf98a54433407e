/** Scales that fitting tries: tenths of a percent, so that equal texts shrink equally everywhere. */
const STEPS = 1000

/** How a text came out at one scale. */
export interface Attempt {
  /** Inside the box and within the lines allowed. */
  readonly fits: boolean
  /** Fits only because a word was broken between letters. */
  readonly brokeWord: boolean
}

/**
 * Finds the largest scale, at most 1 and at least `minScale`, at which the text fits, by bisection. Breaking a word
 * is worse than smaller letters: it is allowed only if no scale fits without. Gives `minScale` if nothing fits.
 */
export function fitText<Tried extends Attempt>(
  minScale: number,
  attempt: (scale: number) => Tried,
): { readonly scale: number; readonly result: Tried } {
  const whole = attempt(1)
  if (whole.fits && !whole.brokeWord) return { scale: 1, result: whole }
  const smallest = Math.max(1, Math.min(STEPS, Math.ceil(minScale * STEPS - 1e-9)))
  const unbroken = largest(smallest, attempt, (tried) => tried.fits && !tried.brokeWord)
  if (unbroken !== undefined) return unbroken
  if (whole.fits) return { scale: 1, result: whole }
  const broken = largest(smallest, attempt, (tried) => tried.fits)
  return broken ?? { scale: smallest / STEPS, result: attempt(smallest / STEPS) }
}

function largest<Tried>(
  smallest: number,
  attempt: (scale: number) => Tried,
  accepts: (tried: Tried) => boolean,
): { scale: number; result: Tried } | undefined {
  let low = smallest
  let high = STEPS - 1
  if (low > high) return undefined
  let best = attempt(low / STEPS)
  if (!accepts(best)) return undefined
  while (low < high) {
    const middle = Math.ceil((low + high) / 2)
    const tried = attempt(middle / STEPS)
    if (accepts(tried)) {
      low = middle
      best = tried
    } else high = middle - 1
  }
  return { scale: low / STEPS, result: best }
}
