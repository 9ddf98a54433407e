import type { Event } from '@flatrender/platform/events'

/** The user whom an event concerns. Errors: one without says so, for it is a bug. */
export function readUserId({ id, type, data }: Event): string {
  const { userId } = data
  if (typeof userId !== 'string') throw new Error(`event ${id} of type ${type} has no user`)
  return userId
}
