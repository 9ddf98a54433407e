import { z } from 'zod'
import { procedure } from '../call/procedure.ts'
import { moment } from './values.ts'

const limit = z.coerce.number().int().min(1).max(100).default(50)

/** An act that was written down. */
const auditEntry = z.object({
  id: z.uuid(),
  happenedAt: moment,
  actorKind: z.enum(['user', 'key', 'system']),
  actorId: z.uuid().nullable(),
  /** The actor's own tenant, where it is another than this. */
  actingTenantId: z.guid().nullable(),
  action: z.string(),
  subject: z.string().nullable(),
  before: z.record(z.string(), z.unknown()).nullable(),
  after: z.record(z.string(), z.unknown()).nullable(),
  address: z.string().nullable(),
  userAgent: z.string().nullable(),
  requestId: z.string().nullable(),
})

/** A request as the gateway answered it. */
const requestEntry = z.object({
  id: z.uuid(),
  requestedAt: moment,
  requestId: z.string(),
  keyId: z.uuid().nullable(),
  userId: z.uuid().nullable(),
  method: z.string(),
  /** The procedure, such as `identity.users.me`. */
  route: z.string(),
  status: z.int(),
  milliseconds: z.int(),
  requestBytes: z.int(),
  responseBytes: z.int(),
  address: z.string().nullable(),
  errorCode: z.string().nullable(),
})

/** What was done in the tenant, and what was asked of it. */
export const audit = {
  list: procedure('audit:read')
    .route({
      method: 'GET',
      path: '/audit-log',
      summary: 'Who did what?',
      description:
        'The newest first, from `from` until before `to`. `next` is the `cursor` of the next page; null on the last.',
      tags: ['logs'],
    })
    .input(
      z.object({
        actorId: z.uuid().optional(),
        subject: z.string().min(1).max(200).optional(),
        action: z
          .string()
          .regex(/^[a-z]+(\.[a-z_]+)+$/)
          .optional(),
        from: moment.optional(),
        to: moment.optional(),
        cursor: z.uuid().optional(),
        limit,
      }),
    )
    .output(z.object({ entries: z.array(auditEntry), next: z.uuid().nullable() })),
  listRequests: procedure('audit:read')
    .route({
      method: 'GET',
      path: '/request-log',
      summary: 'What was asked of the API?',
      description:
        'The newest first, from `from` until before `to`. `next` is the `cursor` of the next page; null on the last. Kept 90 days unless the installation says otherwise.',
      tags: ['logs'],
    })
    .input(
      z.object({
        keyId: z.uuid().optional(),
        userId: z.uuid().optional(),
        status: z.coerce.number().int().min(100).max(599).optional(),
        from: moment.optional(),
        to: moment.optional(),
        cursor: z
          .string()
          .regex(/^\d{1,15}_[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/)
          .optional(),
        limit,
      }),
    )
    .output(z.object({ requests: z.array(requestEntry), next: z.string().nullable() })),
}
