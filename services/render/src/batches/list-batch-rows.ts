import type { Call } from '@flatrender/contracts/call'
import type { BatchRowState, BatchRowView } from '@flatrender/contracts/render'
import type { Render } from '../deps.ts'
import { describeKeptFault } from '../renders/describe-fault.ts'
import { type FollowedRow, findRows } from './batch-rows-store.ts'
import { requireBatch } from './require-batch.ts'

/** Lists a batch's rows with what has become of each, a page at a time. Errors: BATCH_UNKNOWN. */
export async function listBatchRows(
  { database }: Render,
  { actor }: Call,
  {
    id,
    state,
    cursor,
    limit,
  }: { id: string; state?: BatchRowState | undefined; cursor: number; limit: number },
) {
  return database.transact(actor, async (transaction) => {
    await requireBatch(transaction, actor, id)
    const name = { tenantId: actor.tenantId, batchId: id }
    // One more tells whether there is a next page.
    const found = await findRows(transaction, name, { state, after: cursor, limit: limit + 1 })
    const page = found.slice(0, limit)
    return { rows: page.map(describeRow), next: found.length > limit ? page.at(-1)!.row : null }
  })
}

function describeRow(row: FollowedRow): BatchRowView {
  return {
    row: row.row,
    name: row.name,
    state: row.now,
    renderId: row.state === 'accepted' ? row.render_job_id : null,
    exportId: row.export_id,
    errors: listErrors(row),
  }
}

function listErrors({ failures, job_failure_code: code, job_failure_data: data }: FollowedRow) {
  if (code !== null) return [describeKeptFault(code, data ?? {})]
  return (failures ?? []).map((failure) =>
    describeKeptFault(String(failure.code), (failure.data ?? {}) as Record<string, unknown>),
  )
}
