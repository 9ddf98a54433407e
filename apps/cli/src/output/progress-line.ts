import type { RenderProgress } from '@flatrender/engine-render'

const BAR_WIDTH = 24
/** So that a batch's line fits 80 columns, too. */
const BATCH_BAR_WIDTH = 10

/** Where a batch stands, and which of its rows is told of. */
export interface BatchPlace {
  readonly row: number
  readonly rowsDone: number
  readonly rowsTotal: number
  /** How much of the whole batch is done, 0–1; rows in hand count by their frames. */
  readonly share: number
}

/**
 * One line for a terminal: bar, stage, frames, speed, cached, time left; of a batch the bar is of all rows, and the
 * rest of one. No longer than `columns`.
 */
export function formatProgress(progress: RenderProgress, columns: number, place?: BatchPlace): string {
  const { stage, framesTotal, framesPainted, framesCached, framesPerSecond, secondsLeft } = progress
  const done = framesPainted + framesCached
  const share = place?.share ?? done / Math.max(1, framesTotal)
  const width = place === undefined ? BAR_WIDTH : BATCH_BAR_WIDTH
  const filled = Math.min(width, Math.round(share * width))
  const parts = [
    `${'█'.repeat(filled)}${'░'.repeat(width - filled)}`,
    ...(place === undefined ? [] : [`${place.rowsDone}/${place.rowsTotal} videos`, `row ${place.row}`]),
    place !== undefined && stage === 'painting' ? '' : stage,
    `${done}/${framesTotal} frames`,
    framesPainted > 0 ? `${framesPerSecond.toFixed(0)} frames/s` : '',
    framesCached > 0 ? `${framesCached} cached` : '',
    secondsLeft === undefined ? '' : `${formatSeconds(secondsLeft)} left`,
  ]
  return parts
    .filter(Boolean)
    .join('  ')
    .slice(0, Math.max(20, columns - 1))
}

/** 75 → `1:15`, 4.2 → `4 s`. */
function formatSeconds(seconds: number): string {
  const whole = Math.max(0, Math.round(seconds))
  if (whole < 60) return `${whole} s`
  const minutes = Math.floor(whole / 60)
  return `${minutes}:${String(whole % 60).padStart(2, '0')}`
}
