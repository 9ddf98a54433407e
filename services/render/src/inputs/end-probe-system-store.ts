import type { SystemTransaction } from '@flatrender/platform/db'
import { sql } from 'kysely'
import type { FrameJobOutcome } from '../frame-jobs/new-frame-job.ts'
import type { Tables } from '../tables.ts'

/** Writes down what came of a probe; one that was cancelled was never made. */
export async function endProbe(
  transaction: SystemTransaction<Tables>,
  { tenantId, hash }: { tenantId: string; hash: string },
  outcome: FrameJobOutcome,
): Promise<void> {
  const place = Buffer.from(hash, 'hex')
  if (outcome.state === 'cancelled') {
    await transaction
      .deleteFrom('render.probes')
      .where('tenant_id', '=', tenantId)
      .where('hash', '=', place)
      .where('state', '=', 'pending')
      .execute()
    return
  }
  const known =
    outcome.state === 'verified' && outcome.result.kind === 'probe'
      ? { state: 'known' as const, info: outcome.result.info }
      : { state: 'failed' as const, failure: describeFailure(outcome) }
  await transaction
    .updateTable('render.probes')
    .set({ ...known, finished_at: sql<Date>`now()` })
    .where('tenant_id', '=', tenantId)
    .where('hash', '=', place)
    .where('state', '=', 'pending')
    .execute()
}

function describeFailure(outcome: FrameJobOutcome) {
  if (outcome.state !== 'failed') return { code: 'MEDIA_UNREADABLE', data: {}, retryable: true }
  const { code, data, retryable } = outcome.failure
  return { code, data, retryable }
}
