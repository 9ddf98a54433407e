import { placeOf, type SealedPlace } from '@flatrender/contracts/secrets'
import { seal } from '@flatrender/platform/secrets'
import type { Identity } from '../deps.ts'
import type { AccountName } from '../oauth/accounts-store.ts'
import { packAccount } from '../oauth/link-mailed-account.ts'
import type { AnyTransaction } from '../tables.ts'
import { makeToken } from './opaque-token.ts'
import { insertToken, type MailedPurpose } from './user-tokens-store.ts'

const events = {
  verify_email: 'identity.email_verification.requested',
  reset_password: 'identity.password_reset.requested',
} as const

/**
 * Makes a token and has it mailed. It travels sealed: events are kept, and read by many. A password or an account elsewhere
 * waits with it for the answer.
 */
export async function mailToken(
  identity: Identity,
  transaction: AnyTransaction,
  request: {
    tenantId: string
    userId: string
    purpose: MailedPurpose
    passwordHash?: string
    account?: AccountName
  },
): Promise<void> {
  const { tenantId, userId, purpose, passwordHash, account } = request
  const token = makeToken('frv_')
  const data = {
    ...(passwordHash !== undefined && { sealedPasswordHash: sealHash(identity, userId, passwordHash) }),
    ...(account !== undefined && packAccount(account)),
  }
  await insertToken(transaction, { tenantId, userId, purpose, token, data })
  const place = placeOf('platform.events.data', { subject: userId })
  const sealedToken = seal(identity.secretKeys, place, token).toString('base64')
  await identity.emit(transaction, {
    type: events[purpose],
    tenantId,
    subject: userId,
    data: { userId, sealedToken },
  })
}

function sealHash({ secretKeys }: Identity, userId: string, passwordHash: string): string {
  return seal(secretKeys, placeOfHash(userId), passwordHash).toString('base64')
}

/** Where a password's hash waits, sealed, for its mail to be answered. */
export function placeOfHash(userId: string): SealedPlace {
  return placeOf('identity.user_tokens.data', { user_id: userId })
}
