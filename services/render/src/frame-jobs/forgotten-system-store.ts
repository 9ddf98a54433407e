import type { SystemTransaction } from '@flatrender/platform/db'
import { sql } from 'kysely'
import type { Tables } from '../tables.ts'
import type { NamedLease } from './frame-jobs-system-store.ts'

/** Jobs that nodes were given so many seconds ago, and say nothing of: the answer that gave them was lost on its way. */
export async function findForgotten(
  transaction: SystemTransaction<Tables>,
  nodeIds: readonly string[],
  { running, seconds }: { readonly running: readonly NamedLease[]; readonly seconds: number },
): Promise<NamedLease[]> {
  const { rows } = await sql<NamedLease>`
    select job.tenant_id as "tenantId", job.id as "jobId", job.fence::int as fence, job.node_id as "nodeId"
    from unnest(${nodeIds}::uuid[]) as node (id) join render.frame_jobs as job on job.node_id = node.id
    where job.state = 'leased' and job.leased_at < clock_timestamp() - make_interval(secs => ${seconds})
      and not exists (
        select from unnest(${running.map(({ nodeId }) => nodeId)}::uuid[], ${running.map(({ jobId }) => jobId)}::uuid[])
          as named (node_id, id) where named.node_id = job.node_id and named.id = job.id
      )`.execute(transaction)
  return rows
}
