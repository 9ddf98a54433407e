import type { Call } from '@flatrender/contracts/call'
import { FlatRenderError } from '@flatrender/contracts/errors'
import { hashToken } from '../auth/opaque-token.ts'
import { findTokenUser } from '../auth/user-tokens-store.ts'
import type { Identity } from '../deps.ts'
import { askAssertion } from './ask-assertion.ts'

/**
 * Gives what an authenticator is asked to finish a login. Errors: MFA_TOKEN_INVALID, FACTOR_UNKNOWN for whoever has none,
 * PAGE_UNKNOWN.
 */
export async function askLoginSecond(
  identity: Identity,
  call: Call,
  { mfaToken: token, page }: { mfaToken: string; page?: string | undefined },
) {
  const { tenantId } = call.actor
  return identity.database.transact(call.actor, async (transaction) => {
    const userId = await findTokenUser(transaction, { tenantId, purpose: 'mfa', token })
    if (userId === undefined) throw new FlatRenderError('MFA_TOKEN_INVALID')
    const of = hashToken(token).toString('hex')
    return askAssertion(identity, transaction, { tenantId, userId }, { act: 'login', of, page })
  })
}
