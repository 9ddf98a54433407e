import { createHash, randomUUID } from 'node:crypto'
import type { Call } from '@flatrender/contracts/call'
import { enqueue } from '@flatrender/platform/events'
import { seal } from '@flatrender/platform/secrets'
import type { Identity } from '../deps.ts'
import { MAIL_PASSWORD_RESET, placeOfEmail, type ResetRequest } from './mail-password-reset.ts'

/**
 * Has a token mailed that sets a new password. The answer and its time are the same for an address that is nobody's: whose it
 * is, is looked up later, by a job.
 */
export async function forgotPassword(
  { secretKeys, system }: Identity,
  { actor: { tenantId }, requestId, address, userAgent }: Call,
  { email }: { email: string },
): Promise<Record<string, never>> {
  const id = randomUUID()
  const sealedEmail = seal(secretKeys, placeOfEmail(id), email).toString('base64')
  const payload: ResetRequest = { id, tenantId, sealedEmail, requestId, address, userAgent }
  // Who asks many times before it is done is mailed once.
  const key = createHash('sha256').update(`${tenantId}:${email.toLowerCase()}`).digest('hex')
  await system.transact((transaction) =>
    enqueue(transaction, { task: MAIL_PASSWORD_RESET, payload: { ...payload }, key }),
  )
  return {}
}
