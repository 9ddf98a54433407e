import type { FrameJobRow } from './frame-jobs-system-store.ts'
import type { EndedFrameJob, FrameJobOutcome, FrameJobPayer } from './new-frame-job.ts'

/** On whose share a job counts. */
export const payerOf = (row: FrameJobRow): FrameJobPayer => ({
  tenantId: row.payer_tenant_id,
  accountId: row.account_id,
})

/** A job that has ended, as those hear of it who wait for it. */
export function describeEnded(
  row: FrameJobRow,
  outcome: FrameJobOutcome,
  ended: { readonly attempts: number; readonly workedMs: number | null },
): EndedFrameJob {
  return {
    tenantId: row.tenant_id,
    id: row.id,
    kind: row.kind,
    renderJobId: row.render_job_id,
    nodeId: row.node_id,
    attempts: ended.attempts,
    workedMs: ended.workedMs,
    input: row.input,
    outcome,
  }
}
