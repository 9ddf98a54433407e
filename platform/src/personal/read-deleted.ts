import { z } from 'zod'
import type { Event } from '../events/event.ts'
import type { Person } from './personal-table.ts'

const said = z.object({ tenantId: z.guid(), data: z.object({ userId: z.guid() }) })

/** Who was deleted, as `identity.user.deleted` tells it. Throws for an event that is another. */
export function readDeleted(event: Event): Person {
  const { tenantId, data } = said.parse(event)
  return { tenantId, userId: data.userId }
}
