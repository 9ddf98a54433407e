import { z } from 'zod'
import { actorSchema } from '../call/actor.ts'
import { procedure } from '../call/procedure.ts'
import { missingRows } from '../call/rows.ts'
import { look } from './branding.ts'
import { email, moment } from './values.ts'

/** A request as its tenant may look at it: no body, no header, no id in its route. */
export const answeredRequest = z.object({
  tenantId: z.guid(),
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
export type AnsweredRequest = z.infer<typeof answeredRequest>

/** How the gateway finds out who asks. Other services alone may call these. */
export const access = {
  /** The tenant of a request by its host or, if that is nobody's, by the slug named in `x-tenant`; else the default one. */
  resolveTenant: procedure('service')
    .input(z.object({ host: z.string().nullable(), slug: z.string().nullable() }))
    .output(
      z.object({
        tenantId: z.guid(),
        visibleTenants: z.array(z.guid()),
        suspended: z.boolean(),
        /** Whose pages may call the API from a browser: exact origins, such as `https://app.example.com`. */
        allowedOrigins: z.array(z.string()),
      }),
    ),
  /** Who has this API key; null for a key that is unknown, revoked or expired, or doesn't work from this address. */
  resolveKey: procedure('service')
    .input(z.object({ key: z.string(), address: z.string().nullable() }))
    .output(z.object({ actor: actorSchema }).nullable()),
  /** The public halves of the keys that sign access tokens (RFC 7517). */
  jwks: procedure('service').output(z.object({ keys: z.array(z.record(z.string(), z.unknown())) })),
  /** Where a user gets mail, without a name until the address is proven; null for one who is gone. */
  contactOf: procedure('service')
    .input(z.object({ userId: z.uuid() }))
    .output(z.object({ email, name: z.string(), language: z.string() }).nullable()),
  /** The same of an invited person, and into what by whom; null where the invitation is no longer open. */
  inviteeOf: procedure('service')
    .input(z.object({ invitationId: z.uuid() }))
    .output(
      z
        .object({
          email,
          name: z.string(),
          language: z.string(),
          invitation: z.object({
            /** Name of the tenant. */
            tenant: z.string(),
            /** Name of who invites; empty where they have none. */
            inviter: z.string(),
            /** The tenant's own domain as an origin, where it is proven. */
            page: z.string().nullable(),
          }),
        })
        .nullable(),
    ),
  /** Who mails of a tenant come from, and how they look; nulls where it leaves that to the installation. */
  senderOf: procedure('service').output(
    look.extend({ name: z.string().nullable(), address: email.nullable(), replyTo: email.nullable() }),
  ),
  /** Writes down requests that the gateway answered, for their tenants to look at. */
  recordRequests: procedure('service')
    .input(z.object({ requests: z.array(answeredRequest).max(1000) }))
    .output(z.object({})),
  /**
   * Those of the ids that no row has any more, of whatever tenant; users count as gone an hour after their deletion, when
   * what other services kept of them should be gone too.
   */
  missing: missingRows(['users', 'tenants', 'tenant_api_keys']),
  /** What access tokens and keys of the last minutes must no longer be believed. */
  revocations: procedure('service').output(
    z.object({
      sessions: z.array(z.uuid()),
      users: z.array(z.uuid()),
      tenants: z.array(z.guid()),
      keys: z.array(z.uuid()),
    }),
  ),
}
