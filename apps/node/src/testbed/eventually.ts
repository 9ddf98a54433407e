import { setTimeout } from 'node:timers/promises'

/** Waits until something is so; fails after ten seconds. */
export async function eventually<Result>(look: () => Result | undefined | false): Promise<Result> {
  const end = performance.now() + 10_000
  for (;;) {
    const found = look()
    if (found !== undefined && found !== false) return found
    if (performance.now() > end) throw new Error('it did not come in ten seconds')
    await setTimeout(20)
  }
}
