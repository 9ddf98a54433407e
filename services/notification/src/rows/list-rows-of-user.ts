import type { Call, RowsByTable } from '@flatrender/contracts/call'
import { findPersonalRows } from '@flatrender/platform/personal'
import type { NotificationDeps } from '../deps.ts'
import { personalTables } from './personal-tables.ts'

/** All that is kept here of a user of the call's tenant, for their personal export. */
export async function listRowsOfUser(
  { database }: NotificationDeps,
  { actor }: Call,
  { userId }: { userId: string },
): Promise<{ rows: RowsByTable }> {
  const { tenantId } = actor
  return database.transact(actor, async (transaction) => ({
    rows: await findPersonalRows(transaction, personalTables, { tenantId, userId }),
  }))
}
