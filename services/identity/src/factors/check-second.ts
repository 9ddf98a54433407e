import type { Call } from '@flatrender/contracts/call'
import type { Assertion } from '@flatrender/contracts/identity'
import type { Identity } from '../deps.ts'
import type { AnyTransaction } from '../tables.ts'
import type { Question } from '../webauthn/challenges-store.ts'
import { checkAssertion } from '../webauthn/check-assertion.ts'
import { checkCode } from './check-code.ts'
import type { SecondKind } from './list-kinds.ts'

/** What somebody shows beside their password: a code, or what an authenticator answered. */
export type Evidence = { readonly code: string } | { readonly assertion: Assertion }

/** Why it doesn't count. */
export type SecondFailure = 'MFA_CODE_WRONG' | 'WEBAUTHN_REFUSED' | 'WEBAUTHN_COPIED'

/**
 * Takes what a user shows as their second factor, once, and says which it was or why it doesn't count. The caller holds the
 * user's row, and commits in either case.
 */
export async function checkSecond(
  identity: Identity,
  transaction: AnyTransaction,
  call: Call,
  { userId, evidence, ...question }: Question & { userId: string; evidence: Evidence },
): Promise<{ method: SecondKind } | { failure: SecondFailure }> {
  if ('code' in evidence) {
    const method = await checkCode(identity, transaction, call, { userId, code: evidence.code })
    return method === undefined ? { failure: 'MFA_CODE_WRONG' } : { method }
  }
  const { assertion } = evidence
  const answer = await checkAssertion(identity, transaction, call, { userId, assertion, ...question })
  if (answer === 'right') return { method: 'webauthn' }
  return { failure: answer === 'copied' ? 'WEBAUTHN_COPIED' : 'WEBAUTHN_REFUSED' }
}
