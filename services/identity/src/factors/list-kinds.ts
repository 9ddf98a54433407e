import type { AnyTransaction } from '../tables.ts'
import type { UserName } from '../users/users-store.ts'
import { findFactors } from './factors-store.ts'
import { countCodes } from './recovery-codes-store.ts'

/** What finishes a login beside the password. */
export type SecondKind = 'totp' | 'webauthn' | 'recovery_code'

/** By what a user may finish a login; none where the password is enough. */
export async function listKinds(transaction: AnyTransaction, name: UserName): Promise<SecondKind[]> {
  const factors = await findFactors(transaction, name)
  const kinds = new Set(factors.filter(({ verified_at }) => verified_at !== null).map(({ kind }) => kind))
  if (kinds.size === 0) return []
  const codes = (await countCodes(transaction, name)) > 0 ? (['recovery_code'] as const) : []
  return [...[...kinds].sort(), ...codes]
}
