import type { Call } from '@flatrender/contracts/call'
import { placeOf, type SealedPlace } from '@flatrender/contracts/secrets'
import { unseal } from '@flatrender/platform/secrets'
import { writeAudit } from '../audit/audit-store.ts'
import type { Identity } from '../deps.ts'
import type { AnyTransaction } from '../tables.ts'
import { findTotps, type TotpFactor, takeStep } from './factors-store.ts'
import { useRecoveryCode } from './recovery-codes-store.ts'
import { findStep } from './totp.ts'

/** Where an authenticator's secret is sealed. */
export function placeOfSecret(userId: string): SealedPlace {
  return placeOf('identity.mfa_factors.sealed_secret', { user_id: userId })
}

/** The time step that a code of an authenticator is for; undefined for one that is wrong or was taken. */
export function matchTotp(
  { secretKeys }: Identity,
  userId: string,
  { sealedSecret, now, lastStep }: TotpFactor,
  code: string,
): number | undefined {
  const digits = code.replaceAll(/\s/g, '')
  if (!/^\d{6}$/.test(digits)) return undefined
  const secret = unseal(secretKeys, placeOfSecret(userId), sealedSecret).toString()
  return findStep(secret, { code: digits, now, lastStep })
}

/**
 * Takes a user's code of an authenticator or recovery code, and says which it was; undefined for one that is wrong or was
 * taken. The caller holds the user's row, so that of two who send the same code at once one is heard.
 */
export async function checkCode(
  identity: Identity,
  transaction: AnyTransaction,
  call: Call,
  { userId, code }: { userId: string; code: string },
): Promise<'totp' | 'recovery_code' | undefined> {
  const { tenantId } = call.actor
  for (const factor of await findTotps(transaction, { tenantId, userId }, { verified: true })) {
    const step = matchTotp(identity, userId, factor, code)
    if (step === undefined) continue
    await takeStep(transaction, tenantId, { id: factor.row.id, step })
    return 'totp'
  }
  if (!(await useRecoveryCode(transaction, { tenantId, userId }, code))) return undefined
  await writeAudit(transaction, call, { action: 'factor.recovery_code_used', subject: userId, userId })
  await identity.emit(transaction, {
    type: 'identity.recovery_code.used',
    tenantId,
    subject: userId,
    data: { userId },
  })
  return 'recovery_code'
}
