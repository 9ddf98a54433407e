import { type BatchTally, type BatchView, batchTally } from '@flatrender/contracts/render'
import { describeKeptFault } from '../renders/describe-fault.ts'
import type { AnyTransaction } from '../tables.ts'
import { type KeptBatch, tallyBatches } from './batches-store.ts'

/** Batches as their tenant sees them, in the same order. What is over was counted then; the others are now. */
export async function describeBatches(
  transaction: AnyTransaction,
  tenantId: string,
  batches: readonly KeptBatch[],
): Promise<BatchView[]> {
  const open = batches.filter(({ tally }) => tally === null).map(({ id }) => id)
  const tallies = await tallyBatches(transaction, tenantId, open)
  return batches.map((batch) =>
    describeBatch(batch, batch.tally === null ? tallies.get(batch.id)! : batchTally.parse(batch.tally)),
  )
}

function describeBatch(batch: KeptBatch, tally: BatchTally): BatchView {
  return {
    id: batch.id,
    state: batch.state,
    name: batch.name,
    templateId: batch.template_id,
    versionId: batch.template_version_id,
    lane: batch.lane,
    allOrNothing: batch.all_or_nothing,
    metadata: batch.metadata as BatchView['metadata'],
    ...tally,
    secondsLeft: secondsLeft(batch, tally),
    failure:
      batch.failure_code === null ? null : describeKeptFault(batch.failure_code, batch.failure_data ?? {}),
    createdAt: batch.created_at.toISOString(),
    finishedAt: batch.finished_at?.toISOString() ?? null,
  }
}

/** By the pace of its videos so far. */
function secondsLeft({ created_at, finished_at }: KeptBatch, { rows }: BatchTally): number | null {
  const done = rows.succeeded + rows.failed
  if (finished_at !== null || done === 0) return null
  const seconds = (Date.now() - created_at.getTime()) / 1000
  return Math.round(((rows.waiting + rows.examined + rows.open) * seconds * 10) / done) / 10
}
