import { round } from './round.ts'

/** Start frames of `count` things, each `gap` frames after the one before, beginning at `at`. */
export function stagger(count: number, at: number, gap: number): number[] {
  return Array.from({ length: count }, (_, index) => round(at + index * gap))
}

/** The same from the middle outwards: both neighbours of the centre start together. */
export function staggerFromCenter(count: number, at: number, gap: number): number[] {
  const middle = (count - 1) / 2
  return Array.from({ length: count }, (_, index) => round(at + Math.abs(index - middle) * gap))
}
