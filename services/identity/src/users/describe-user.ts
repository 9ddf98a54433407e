import type { AnyTransaction } from '../tables.ts'
import { findRights } from './roles-store.ts'
import type { UserRow } from './users-store.ts'

/** A user as answers show them. */
export interface UserView {
  readonly id: string
  readonly email: string
  readonly emailVerified: boolean
  readonly name: string
  readonly language: string
  readonly roles: string[]
  readonly createdAt: string
}

/** Turns a user's row into what is answered. A deleted one has nothing to show, and comes this far in no use case. */
export async function describeUser(
  transaction: AnyTransaction,
  tenantId: string,
  user: UserRow,
): Promise<UserView> {
  const { roles } = await findRights(transaction, { tenantId, userId: user.id })
  return {
    id: user.id,
    email: user.email!,
    emailVerified: user.email_verified_at !== null,
    name: user.name,
    language: user.language,
    roles,
    createdAt: user.created_at.toISOString(),
  }
}
