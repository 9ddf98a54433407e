import type { SystemTransaction } from '@flatrender/platform/db'
import { sql } from 'kysely'
import type { FrameJobPayer } from '../frame-jobs/new-frame-job.ts'
import type { Tables } from '../tables.ts'
import type { ShareChange } from './share-change.ts'

/** Adds changes to shares; locks their tenants, in the order of their ids, until the transaction ends. */
export async function applyChanges(
  transaction: SystemTransaction<Tables>,
  changes: readonly ShareChange[],
): Promise<void> {
  const counts = (lane: string) => changes.map((change) => (change.lane === lane ? change.pending : 0))
  await sql`select render.change_shares(
    ${changes.map(({ payer }) => payer.tenantId)}::uuid[], ${changes.map(({ payer }) => payer.accountId)}::uuid[],
    ${counts('preview')}::int[], ${counts('interactive')}::int[], ${counts('batch')}::int[],
    ${changes.map(({ running }) => running)}::int[], ${changes.map(({ owedMs }) => owedMs)}::double precision[]
  )`.execute(transaction)
}

/** What a plan gives an account: a weight, and how many frame jobs may run at once; null: as many as there are. */
export interface AccountTerms {
  readonly payer: FrameJobPayer
  readonly weight: number
  readonly runningCap: number | null
  /** So many above the cap while nodes would stand idle. */
  readonly runningBurst: number
}

/** Writes down what a plan gives an account. To be called before jobs of it are queued, in the same transaction or another. */
export async function writeTerms(
  transaction: SystemTransaction<Tables>,
  { payer, weight, runningCap, runningBurst }: AccountTerms,
): Promise<void> {
  const known = await sql<{ same: boolean }>`
    select weight = ${weight} and running_cap is not distinct from ${runningCap} and running_burst = ${runningBurst} as same
    from render.account_shares where tenant_id = ${payer.tenantId} and account_id = ${payer.accountId}`.execute(
    transaction,
  )
  if (known.rows[0]?.same === true) return
  // Nothing changes but that they are there and their tenant is held.
  const nothing = { payer, lane: 'batch', pending: 0, running: 0, owedMs: 0 } as const
  await sql`insert into render.tenant_shares (tenant_id) values (${payer.tenantId}) on conflict do nothing`.execute(
    transaction,
  )
  await applyChanges(transaction, [nothing])
  await sql`insert into render.account_shares (tenant_id, account_id) values (${payer.tenantId}, ${payer.accountId})
    on conflict do nothing`.execute(transaction)
  await sql`update render.account_shares
    set weight = ${weight}, running_cap = ${runningCap}, running_burst = ${runningBurst}
    where tenant_id = ${payer.tenantId} and account_id = ${payer.accountId}`.execute(transaction)
  await applyChanges(transaction, [nothing])
}
