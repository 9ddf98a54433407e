import type { Lease } from '@flatrender/contracts/node'
import type { SystemTransaction } from '@flatrender/platform/db'
import { sql } from 'kysely'
import type { Tables } from '../tables.ts'

/** Jobs that a node was given so many seconds ago, and says nothing of: the answer that gave them was lost on its way. */
export async function findForgotten(
  transaction: SystemTransaction<Tables>,
  nodeId: string,
  { running, seconds }: { readonly running: readonly Lease[]; readonly seconds: number },
): Promise<Lease[]> {
  const { rows } = await sql<Lease>`
    select tenant_id as "tenantId", id as "jobId", fence::int as fence from render.frame_jobs
    where state = 'leased' and node_id = ${nodeId} and leased_at < clock_timestamp() - make_interval(secs => ${seconds})
      and id <> all (${running.map(({ jobId }) => jobId)}::uuid[])`.execute(transaction)
  return rows
}
