import type { Consumer } from '@flatrender/platform/events'
import type { Render } from './deps.ts'

/** What the service does when something happens elsewhere, a line each. */
export function listConsumers(_render: Render): Readonly<Record<`render.${string}`, Consumer>> {
  return {}
}
