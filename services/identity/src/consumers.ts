import type { Consumer } from '@flatrender/platform/events'

/** What the service does when something happens elsewhere: nothing yet. */
export function listConsumers(): Readonly<Record<string, Consumer>> {
  return {}
}
