import type { RenderProgress } from '@flatrender/engine-render'
import type { Console } from '../console.ts'
import { type BatchPlace, formatProgress } from './progress-line.ts'

/** Milliseconds between two lines of a bar, and of JSON. */
const BAR_INTERVAL = 80
const JSON_INTERVAL = 500

/**
 * Tells progress, of a batch with its place, as a live bar on a terminal, as JSON lines with `--json`, and not at all
 * into a pipe.
 */
export function createProgressReporter(
  console: Console,
  json: boolean,
): (progress: RenderProgress, place?: BatchPlace) => void {
  let last = -Infinity
  let stage: RenderProgress['stage'] | undefined
  return (progress, place) => {
    const now = performance.now()
    const interval = json ? JSON_INTERVAL : BAR_INTERVAL
    if (now - last < interval && progress.stage === stage) return
    last = now
    stage = progress.stage
    if (json) console.print(JSON.stringify({ type: 'progress', ...roundAll({ ...place, ...progress }) }))
    else if (progress.stage === 'done' && place === undefined) console.status('')
    else console.status(formatProgress(progress, console.columns, place))
  }
}

function roundAll(progress: object): object {
  return Object.fromEntries(
    Object.entries(progress).map(([key, value]) => [
      key,
      typeof value === 'number' ? Math.round(value * 100) / 100 : value,
    ]),
  )
}
