import { identityEvents } from './identity.ts'

export type { EventDefinition } from './define-events.ts'
export { identityEvents } from './identity.ts'

/** Every type of event there is; `docs/reference/asyncapi.yaml` is generated from this. */
export const eventDefinitions = { ...identityEvents } as const
export type EventType = keyof typeof eventDefinitions
