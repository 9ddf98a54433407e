import type { RenderRow } from './renders-store.ts'

/** What of a render's row tells its pace. */
export type PacedRow = Pick<
  RenderRow,
  'state' | 'frames_total' | 'frames_done' | 'frames_cached' | 'rendering_at'
>

/** Seconds until a render is done, by the pace since it was begun; null while none is known. */
export function secondsLeft(row: PacedRow): number | null {
  const { state, frames_total, frames_done, frames_cached, rendering_at } = row
  const painted = frames_done - frames_cached
  if (state !== 'rendering' || rendering_at === null || painted <= 0) return null
  const seconds = (Date.now() - rendering_at.getTime()) / 1000
  return Math.round(((frames_total! - frames_done) * seconds * 10) / painted) / 10
}
