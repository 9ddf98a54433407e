import type { Event } from '@flatrender/platform/events'
import type { Render } from '../deps.ts'
import { updateOver } from './exports-store.ts'
import { removeExpiredExports } from './remove-expired-exports.ts'

/** Somebody deleted a finished file: its time is over, and its object goes. It can be made again. */
export async function giveUpDeleted(
  render: Render,
  { tenantId, subject: exportId, data }: Event,
): Promise<void> {
  if (tenantId === null || exportId === null || data.kind !== 'export') return
  await render.database.transact({ tenantId, visibleTenants: [] }, (transaction) =>
    updateOver(transaction, { tenantId, exportId }),
  )
  await removeExpiredExports(render)
}
