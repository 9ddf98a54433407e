import { contentEvents } from './content.ts'
import { fileEvents } from './file.ts'
import { identityEvents } from './identity.ts'
import { renderEvents } from './render.ts'

export { actSchema, type ToldAct } from './act.ts'
export { contentEvents } from './content.ts'
export type { EventDefinition } from './define-events.ts'
export { fileEvents } from './file.ts'
export { identityEvents } from './identity.ts'
export { renderEvents } from './render.ts'

/** Every type of event there is; `docs/reference/asyncapi.yaml` is generated from this. */
export const eventDefinitions = {
  ...contentEvents,
  ...fileEvents,
  ...identityEvents,
  ...renderEvents,
} as const
export type EventType = keyof typeof eventDefinitions
