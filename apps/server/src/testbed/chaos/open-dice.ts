/** Chance that can be played again: the same seed throws the same. */
export interface Dice {
  /** From 0, up to but not including `below`. */
  below(below: number): number
  /** True in so many of 1. */
  chance(share: number): boolean
  pick<Item>(items: readonly Item[]): Item
  /** Other dice, whose throws don't depend on how often these are thrown. */
  fork(name: string): Dice
}

/** Opens dice by a seed (mulberry32, which is even enough for a test). */
export function openDice(seed: number): Dice {
  let state = seed >>> 0
  const next = (): number => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
  }
  const below = (limit: number) => Math.floor(next() * limit)
  return {
    below,
    chance: (share) => next() < share,
    pick: (items) => items[below(items.length)]!,
    fork: (name) =>
      openDice([...name].reduce((sum, letter) => Math.imul(sum, 31) + letter.charCodeAt(0), seed)),
  }
}
