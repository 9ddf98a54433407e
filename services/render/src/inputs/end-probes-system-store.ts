import type { SystemTransaction } from '@flatrender/platform/db'
import { sql } from 'kysely'
import type { FrameJobOutcome } from '../frame-jobs/new-frame-job.ts'
import type { Tables } from '../tables.ts'

/** What came of a probe, of the file of a tenant that has this SHA-256. */
export interface EndedProbe {
  readonly tenantId: string
  readonly hash: string
  /** Who had it last. */
  readonly nodeId: string | null
  readonly outcome: FrameJobOutcome
}

/** Writes down what came of probes; one that was cancelled was never made. */
export async function endProbes(
  transaction: SystemTransaction<Tables>,
  probes: readonly EndedProbe[],
): Promise<void> {
  const cancelled = probes.filter(({ outcome }) => outcome.state === 'cancelled')
  if (cancelled.length > 0)
    await sql`delete from render.probes as probe using unnest(
        ${cancelled.map(({ tenantId }) => tenantId)}::uuid[], ${cancelled.map(({ hash }) => hash)}::text[]
      ) as ended (tenant_id, hash)
      where probe.tenant_id = ended.tenant_id and probe.hash = decode(ended.hash, 'hex') and probe.state = 'pending'`.execute(
      transaction,
    )
  const rows = probes.flatMap(({ tenantId, hash, nodeId, outcome }) =>
    outcome.state === 'cancelled' ? [] : [{ tenant_id: tenantId, hash, ...describeEnd(outcome, nodeId) }],
  )
  if (rows.length === 0) return
  await sql`update render.probes as probe
    set state = ended.state, info = ended.info, failure = ended.failure, finished_at = now()
    from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb)
      as ended (tenant_id uuid, hash text, state text, info jsonb, failure jsonb)
    where probe.tenant_id = ended.tenant_id and probe.hash = decode(ended.hash, 'hex') and probe.state = 'pending'`.execute(
    transaction,
  )
}

function describeEnd(outcome: FrameJobOutcome, nodeId: string | null) {
  if (outcome.state === 'verified' && outcome.result.kind === 'probe')
    return { state: 'known', info: outcome.result.info }
  return { state: 'failed', failure: describeFailure(outcome, nodeId) }
}

function describeFailure(outcome: FrameJobOutcome, nodeId: string | null) {
  if (outcome.state !== 'failed') return { code: 'MEDIA_UNREADABLE', data: {}, retryable: true }
  const { failure, crash } = outcome
  const { code, retryable } = failure
  const data = { ...failure.data, node: nodeId ?? '', ...(crash !== null && { crash, record: crash }) }
  return { code, data, retryable }
}
