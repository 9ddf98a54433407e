import type { TenantTransaction } from '@flatrender/platform/db'
import type { Selectable } from 'kysely'
import type { Tables } from '../tables.ts'

/** A crash record of a tenant's nodes. */
export async function findCrash(
  transaction: TenantTransaction<Tables>,
  { tenantId, crashId }: { tenantId: string; crashId: string },
): Promise<Selectable<Tables['render.node_crashes']> | undefined> {
  return transaction
    .selectFrom('render.node_crashes')
    .selectAll()
    .where('tenant_id', '=', tenantId)
    .where('id', '=', crashId)
    .executeTakeFirst()
}
