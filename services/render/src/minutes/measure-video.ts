import type { ChosenOutput } from '@flatrender/contracts/render'

/** Milliseconds that so many frames last. */
export function measureVideo({ fps }: Pick<ChosenOutput, 'fps'>, frames: number): number {
  return Math.ceil((frames * fps.den * 1000) / fps.num)
}
