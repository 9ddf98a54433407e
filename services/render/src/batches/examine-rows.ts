import { measureVideo } from '../minutes/measure-video.ts'
import { examineWish } from '../renders/examine-render.ts'
import { findAwaited, noteExamined } from './batch-rows-store.ts'
import type { BatchStep } from './batch-step.ts'
import { decideAll } from './decide-all.ts'
import { decideRow, pauseAfter, type RowOutcome, refuseRow } from './decide-row.ts'
import { isForbidden, openBatch, wishOf } from './open-batch.ts'

/** Rows that are looked at in one go. */
const PORTION = 50

/** Looks at the next rows of a batch that wants all or nothing; after the last it is decided which. */
export const examineRows: BatchStep = async (render, batch) => {
  const name = { tenantId: batch.tenant_id, batchId: batch.id }
  const rows = await render.system.transact((transaction) =>
    findAwaited(transaction, name, { states: ['waiting'], limit: PORTION }),
  )
  const open = await openBatch(render, batch)
  if (rows.length === 0) return decideAll(render, open)
  const outcomes: RowOutcome[] = []
  for (const row of rows) {
    const outcome = await decideRow(render, row, async () => {
      if (isForbidden(open)) return refuseRow(render, row, open.forbidden)
      const { output, frames, credits } = await examineWish(render, open.call, open.terms, wishOf(open, row))
      const measure = { credits, milliseconds: measureVideo(output, frames) }
      await render.system.transact((transaction) => noteExamined(transaction, row, measure))
    })
    outcomes.push(outcome)
  }
  return pauseAfter(outcomes, rows)
}
