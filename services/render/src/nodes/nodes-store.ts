import type { TenantTransaction } from '@flatrender/platform/db'
import type { Selectable } from 'kysely'
import type { Tables } from '../tables.ts'

const shown = [
  'id',
  'name',
  'state',
  'reason',
  'enrolled_at',
  'version',
  'engine_build',
  'platform',
  'arch',
  'cores',
  'memory_bytes',
  'workers',
  'only_when_idle',
  'last_seen_at',
  'created_at',
] as const

/** What is shown of a node. */
export type NodeRow = Pick<Selectable<Tables['render.nodes']>, (typeof shown)[number]>

/** The nodes of a tenant, the newest first. */
export async function findNodes(
  transaction: TenantTransaction<Tables>,
  tenantId: string,
): Promise<NodeRow[]> {
  return transaction
    .selectFrom('render.nodes')
    .select(shown)
    .where('tenant_id', '=', tenantId)
    .orderBy('created_at', 'desc')
    .orderBy('id', 'desc')
    .execute()
}
