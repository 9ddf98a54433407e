import type { Call } from '@flatrender/contracts/call'
import { placeOf, type SealedPlace } from '@flatrender/contracts/secrets'
import { onceFor } from '@flatrender/platform/events'
import { unseal } from '@flatrender/platform/secrets'
import { z } from 'zod'
import { writeAudit } from '../audit/audit-store.ts'
import type { Identity } from '../deps.ts'
import { findUserByEmail } from '../users/users-store.ts'
import { countMail } from './mail-throttles-store.ts'
import { mailToken } from './mail-token.ts'

const request = z.object({
  id: z.uuid(),
  tenantId: z.guid(),
  /** Of whom the password is to be, in base64. */
  sealedEmail: z.string(),
  requestId: z.string(),
  address: z.string().nullable(),
  userAgent: z.string().nullable(),
})
/** What the queue keeps of somebody who forgot their password. */
export type ResetRequest = z.infer<typeof request>

/** The job. */
export const MAIL_PASSWORD_RESET = 'identity.mail-password-reset'

/** Where the address waits, sealed. */
export function placeOfEmail(id: string): SealedPlace {
  return placeOf('graphile_worker._private_jobs.payload', { task: MAIL_PASSWORD_RESET, id })
}

/** Mails the token that sets a new password, if a user of the tenant has the address; five times an hour at most. */
export async function mailPasswordReset(identity: Identity, payload: unknown): Promise<void> {
  const { id, tenantId, sealedEmail, requestId, address, userAgent } = request.parse(payload)
  const email = unseal(identity.secretKeys, placeOfEmail(id), Buffer.from(sealedEmail, 'base64')).toString()
  const call: Call = {
    actor: { kind: 'visitor', id: null, tenantId, visibleTenants: [], permissions: [], sessionId: null },
    requestId,
    address,
    userAgent,
    idempotencyKey: null,
  }
  await identity.database.transact(call.actor, async (transaction) => {
    if (!(await onceFor(transaction, MAIL_PASSWORD_RESET, id))) return
    const user = await findUserByEmail(transaction, tenantId, email)
    if (user?.state !== 'active') return
    const userId = user.id
    if (!(await countMail(transaction, { tenantId, purpose: 'reset_password', email }))) return
    await mailToken(identity, transaction, { tenantId, userId, purpose: 'reset_password' })
    await writeAudit(transaction, call, { action: 'password.reset_requested', subject: userId })
  })
}
