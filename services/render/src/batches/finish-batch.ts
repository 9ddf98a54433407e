import { FlatRenderError } from '@flatrender/contracts/errors'
import type { BatchTally } from '@flatrender/contracts/render'
import type { SystemTransaction } from '@flatrender/platform/db'
import type { Render } from '../deps.ts'
import { describeKeptFault } from '../renders/describe-fault.ts'
import { asRenderFailure, type RenderFailure } from '../renders/end-render.ts'
import type { Tables } from '../tables.ts'
import type { BatchName } from './batch-name.ts'
import { cancelAwaited, type KeptRow } from './batch-rows-store.ts'
import { holdBatch, type KeptBatch, moveBatch, tallyBatches } from './batches-store.ts'

/** How a batch ends, and why if none of it was taken on. */
interface BatchEnd {
  readonly state: 'succeeded' | 'failed' | 'cancelled'
  readonly failure?: RenderFailure | undefined
}

/** Ends a batch that is held, with its last count, and tells so. */
export async function finishBatch(
  render: Render,
  transaction: SystemTransaction<Tables>,
  { tenant_id: tenantId, id: batchId }: KeptBatch,
  choose: (tally: BatchTally) => BatchEnd,
): Promise<void> {
  const tally = (await tallyBatches(transaction, tenantId, [batchId])).get(batchId)!
  const { state, failure } = choose(tally)
  const moved = await moveBatch(transaction, { tenantId, batchId }, state, {
    tally: { ...tally },
    ...(failure && { failure_code: failure.code, failure_data: { ...failure.data } }),
  })
  if (moved === undefined) return
  await render.emit(transaction, {
    type: 'render.batch.finished',
    tenantId,
    subject: batchId,
    data: { batchId, state },
  })
}

/** Ends a batch of which nothing was taken on, for rows that are wrong or another reason: all or nothing was wanted. */
export async function endWithoutRenders(
  render: Render,
  name: BatchName,
  reason: FlatRenderError | { readonly count: number; readonly first: KeptRow },
): Promise<undefined> {
  await render.system.transact(async (transaction) => {
    const held = await holdBatch(transaction, name)
    if (held?.state !== 'examining') return
    await cancelAwaited(transaction, name)
    const failure = asRenderFailure(
      reason instanceof FlatRenderError ? reason : describeRefusal(held, reason),
    )
    await finishBatch(render, transaction, held, () => ({ state: 'failed', failure }))
  })
}

function describeRefusal(
  { id, rows_total }: KeptBatch,
  { count, first }: { count: number; first: KeptRow },
): FlatRenderError {
  const [fault] = first.failures ?? []
  const { code, message } = describeKeptFault(
    String(fault?.code),
    (fault?.data ?? {}) as Record<string, unknown>,
  )
  return new FlatRenderError('BATCH_REFUSED', {
    batch: id,
    count,
    rows: rows_total,
    row: first.row,
    code,
    // A sentence within a sentence.
    reason: message.replace(/\.$/, ''),
  })
}
