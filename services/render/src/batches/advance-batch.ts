import type { Render } from '../deps.ts'
import { advanceLater } from './advance-later.ts'
import { readBatchName } from './batch-name.ts'
import type { BatchStep } from './batch-step.ts'
import { findBatch, type KeptBatch } from './batches-store.ts'
import { cancelRest } from './cancel-rest.ts'
import { clearBatch } from './clear-batch.ts'
import { examineRows } from './examine-rows.ts'
import { placeRows } from './place-rows.ts'
import { settleBatch } from './settle-batch.ts'

const steps: Readonly<Record<KeptBatch['state'], BatchStep>> = {
  examining: examineRows,
  placing: placeRows,
  running: settleBatch,
  cancelling: cancelRest,
  succeeded: clearBatch,
  failed: clearBatch,
  cancelled: clearBatch,
}

/**
 * Job: does the next portion of a batch, and has the one after it done. It may come again at any point, and beside itself:
 * what is decided about a row is decided once.
 */
export async function advanceBatch(render: Render, payload: unknown): Promise<void> {
  const name = readBatchName(payload)
  const batch = await render.system.transact((transaction) => findBatch(transaction, name))
  if (batch === undefined) return
  const pause = await steps[batch.state](render, batch)
  if (pause !== undefined)
    await render.system.transact((transaction) => advanceLater(transaction, name, pause))
}
