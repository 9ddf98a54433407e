import type { Event } from '@flatrender/platform/events'
import { z } from 'zod'
import type { FileDeps } from '../deps.ts'
import { takeOff } from './take-off.ts'

const said = z.object({ userId: z.guid() })

/** A user was deleted: so are their files, whoever needs them. Uploads under way end by themselves. */
export async function forgetUser(deps: FileDeps, { tenantId, data }: Event): Promise<void> {
  if (tenantId === null) return
  const { userId } = said.parse(data)
  await deps.database.transact({ tenantId, visibleTenants: [] }, (transaction) =>
    takeOff(deps, transaction, { tenantId, ownerId: userId }),
  )
}
