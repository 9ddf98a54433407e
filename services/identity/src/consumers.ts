/** What the service does when something happens elsewhere: nothing yet. */
export interface IdentityConsumer {
  readonly name: `identity.${string}`
  /** The type of event. */
  readonly type: string
  run(eventId: string): Promise<void>
}

/** The service's consumers, a line each. */
export function listConsumers(): readonly IdentityConsumer[] {
  return []
}
