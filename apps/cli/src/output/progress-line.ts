import type { RenderProgress } from '@flatrender/engine-render'

const BAR_WIDTH = 24

/** One line for a terminal: bar, stage, frames, speed, cached, time left; no longer than `columns`. */
export function formatProgress(progress: RenderProgress, columns: number): string {
  const { stage, framesTotal, framesPainted, framesCached, framesPerSecond, secondsLeft } = progress
  const done = framesPainted + framesCached
  const filled = Math.min(BAR_WIDTH, Math.round((done / Math.max(1, framesTotal)) * BAR_WIDTH))
  const parts = [
    `${'█'.repeat(filled)}${'░'.repeat(BAR_WIDTH - filled)}`,
    stage,
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
