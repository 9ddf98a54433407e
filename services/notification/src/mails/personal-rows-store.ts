import type { TenantTransaction } from '@flatrender/platform/db'
import type { Tables } from '../tables.ts'

/** Tables whose rows end with their user. */
const tables = [
  'notification.notifications',
  'notification.notification_preferences',
  'notification.telegram_links',
] as const

/** Deletes what a user was told in the app, what they wished for, and their chat. */
export async function deletePersonalRows(
  transaction: TenantTransaction<Tables>,
  { tenantId, userId }: { tenantId: string; userId: string },
): Promise<void> {
  for (const table of tables)
    await transaction
      .deleteFrom(table)
      .where('tenant_id', '=', tenantId)
      .where('user_id', '=', userId)
      .execute()
}
