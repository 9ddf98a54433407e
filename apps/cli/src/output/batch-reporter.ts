import type { RenderProgress } from '@flatrender/engine-render'
import type { Console } from '../console.ts'
import { createProgressReporter } from './progress-reporter.ts'

/** Hears of the rows of a batch. */
export interface BatchReporter {
  progress(row: number, progress: RenderProgress): void
  /** A row is done or has failed. */
  end(row: number): void
}

/** Tells a batch's progress as one line: of several rows in hand the first is followed, so that it doesn't jump. */
export function createBatchReporter(rowsTotal: number, console: Console, json: boolean): BatchReporter {
  const tell = createProgressReporter(console, json)
  /** Row → how much of it is done, 0–1. */
  const inHand = new Map<number, number>()
  let rowsDone = 0
  return {
    progress(row, progress) {
      const { framesPainted, framesCached, framesTotal } = progress
      inHand.set(row, Math.min(1, (framesPainted + framesCached) / framesTotal))
      if (row !== Math.min(...inHand.keys())) return
      const share = [...inHand.values()].reduce((sum, one) => sum + one, rowsDone) / rowsTotal
      tell(progress, { row, rowsDone, rowsTotal, share })
    },
    end(row) {
      inHand.delete(row)
      rowsDone++
    },
  }
}
