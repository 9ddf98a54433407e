import type { Render } from '../deps.ts'
import { holdFiles } from '../inputs/hold-files.ts'
import { examineWish } from '../renders/examine-render.ts'
import { countMostOpen, placeRender } from '../renders/place-render.ts'
import type { RowPromise } from '../renders/render-extras.ts'
import { countOpen } from '../renders/renders-store.ts'
import { findAwaited, holdAwaited, type KeptRow, noteAccepted } from './batch-rows-store.ts'
import type { BatchStep } from './batch-step.ts'
import { type KeptBatch, moveBatch } from './batches-store.ts'
import { clearBatch } from './clear-batch.ts'
import { decideRow, pauseAfter, type RowOutcome, refuseRow } from './decide-row.ts'
import { isForbidden, type OpenBatch, openBatch, wishOf } from './open-batch.ts'
import { settleBatch } from './settle-batch.ts'

/** Rows that become renders in one go. */
const PORTION = 25
/** Seconds until it is looked again whether there is room; whatever ends has it looked at sooner. */
const ROOM_PAUSE = 15
/** Where nothing is sold. */
const MOST_OPEN = 1000

/** Makes renders of the next rows of a batch, as many as its account has room for; after the last it runs by itself. */
export const placeRows: BatchStep = async (render, batch) => {
  const name = { tenantId: batch.tenant_id, batchId: batch.id }
  const open = await openBatch(render, batch)
  const room = isForbidden(open) ? PORTION : await countRoom(render, open)
  const rows = await render.system.transact((transaction) =>
    findAwaited(transaction, name, { states: ['waiting', 'examined'], limit: PORTION }),
  )
  if (rows.length === 0) return end(render, batch)
  if (room <= 0) return ROOM_PAUSE
  const outcomes: RowOutcome[] = []
  for (const row of rows.slice(0, room)) {
    const outcome = await decideRow(render, row, () =>
      isForbidden(open) ? refuseRow(render, row, open.forbidden) : placeRow(render, open, row),
    )
    if (outcome === 'full') return ROOM_PAUSE
    outcomes.push(outcome)
  }
  return pauseAfter(outcomes, rows)
}

/** How many renders more a batch may have under way. */
async function countRoom({ system }: Render, { batch, terms }: OpenBatch): Promise<number> {
  const { plan, accountId } = terms.standing
  const most = plan === null ? MOST_OPEN : countMostOpen(plan, { ofBatches: true })
  const open = await system.transact((transaction) =>
    countOpen(transaction, { tenantId: batch.tenant_id, accountId }),
  )
  return most - open
}

async function placeRow(render: Render, open: OpenBatch, row: KeptRow): Promise<void> {
  const { batch, call, terms } = open
  const wished = wishOf(open, row)
  const examined = await examineWish(render, call, terms, wished)
  const more = {
    webhook: wished.webhook,
    metadata: { ...batch.metadata, ...row.metadata },
    retryOfId: null,
    batch: { id: batch.id, row: row.row, promised: promiseOf(row) },
  }
  const renderId = await render.database.transact(call.actor, async (transaction) => {
    const held = await holdAwaited(transaction, row)
    // Cancelled meanwhile, or in the hands of the same job elsewhere.
    if (held === undefined) return undefined
    const { id } = await placeRender(render, transaction, call, { wished, examined, more })
    await noteAccepted(transaction, held, id)
    return id
  })
  if (renderId !== undefined) await holdFiles(render, { tenantId: batch.tenant_id, renderId }, examined.media)
}

function promiseOf({ state, render_job_id, credits, video_ms }: KeptRow): RowPromise | undefined {
  if (state !== 'examined') return undefined
  return { renderId: render_job_id!, credits: Number(credits), milliseconds: video_ms! }
}

/** All rows are decided: what was promised and is no row's is free again. */
async function end(render: Render, batch: KeptBatch): Promise<number | undefined> {
  const name = { tenantId: batch.tenant_id, batchId: batch.id }
  const moved = await render.system.transact((transaction) => moveBatch(transaction, name, 'running'))
  if (moved === undefined) return undefined
  await clearBatch(render, moved)
  return settleBatch(render, moved)
}
