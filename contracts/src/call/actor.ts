import { z } from 'zod'

/**
 * The tenant that everything hangs from; it exists in every database. Its id has no version (RFC 9562), so ids of
 * tenants are `z.guid()`: `z.uuid()` refuses it.
 */
export const DEFAULT_TENANT_ID = '00000000-0000-0000-0000-000000000001'

/**
 * On whose behalf something is done. `visitor` has not said who they are; `key` is a program with an API key; `node` is
 * a render node; `system` is FlatRender itself: a job, a consumer, a command.
 */
export const actorSchema = z.object({
  kind: z.enum(['visitor', 'user', 'key', 'node', 'system']),
  /** Of the user, API key or node; null for the other two. */
  id: z.uuid().nullable(),
  /** The tenant acted in: its rows are all that is seen. */
  tenantId: z.guid(),
  /** The tenants above it, nearest first, whose shared rows are visible. */
  visibleTenants: z.array(z.guid()),
  /** What roles (of a user) or scopes (of a key) allow. */
  permissions: z.array(z.string()),
  /** The login that a user acts by; null for the others. */
  sessionId: z.uuid().nullable(),
  /** The tenant that the user or key is of, where they switched from it into one below; else not there. */
  actingTenantId: z.guid().optional(),
})
export type Actor = z.infer<typeof actorSchema>

/** What every procedure hears beside its input: who asks, and by which request. */
export const callSchema = z.object({
  actor: actorSchema,
  /** Names the request in logs of all services, and in the answer's `x-request-id`. */
  requestId: z.string(),
  /** Of the client, as far as the trusted proxies tell; null for our own work. */
  address: z.string().nullable(),
  userAgent: z.string().nullable(),
  /** W3C traceparent of what this is a part of; none where nobody traces. */
  trace: z.string().max(55).optional(),
  /** `Idempotency-Key` of a request that creates: asked again with it, the first answer comes again. */
  idempotencyKey: z.string().min(1).max(255).nullable(),
})
export type Call = z.infer<typeof callSchema>
