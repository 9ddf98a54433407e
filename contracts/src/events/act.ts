import { z } from 'zod'

/** An act that the audit log is to hold, as the service tells it in which it was done. Its subject is the event's. */
export const actSchema = z.object({
  /** Such as `node.drained`. */
  action: z.string(),
  actorKind: z.enum(['user', 'key', 'system']),
  actorId: z.guid().nullable(),
  /** The actor's own tenant, where it is another than the event's. */
  actingTenantId: z.guid().nullable(),
  requestId: z.string(),
  /** The fields that changed. */
  before: z.record(z.string(), z.unknown()).nullable(),
  after: z.record(z.string(), z.unknown()).nullable(),
  sealedOrigin: z
    .string()
    .nullable()
    .describe('address and user agent: AES-256-GCM under the secret key, in base64'),
})
export type ToldAct = z.infer<typeof actSchema>
