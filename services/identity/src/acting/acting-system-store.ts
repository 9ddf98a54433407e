import type { ActingClaims } from '@flatrender/contracts/identity'
import type { SystemTransaction } from '@flatrender/platform/db'
import { findWorkingKey } from '../access/access-system-store.ts'
import { narrowScopes } from '../access/narrow-scopes.ts'
import { isSessionOpen } from '../sessions/proof-store.ts'
import type { Tables } from '../tables.ts'
import { findRights } from '../users/roles-store.ts'
import { findUser } from '../users/users-store.ts'

/** What whoever acts elsewhere may do in their own tenant, now; nothing once their login or key has ended. */
export async function findOwnPermissions(
  transaction: SystemTransaction<Tables>,
  { sub, kind, acting: tenantId, session: sessionId }: ActingClaims,
  address: string | null,
): Promise<string[]> {
  if (kind === 'key') {
    const key = await findWorkingKey(transaction, { tenantId, keyId: sub }, address)
    return (key && (await narrowScopes(transaction, key))) ?? []
  }
  if (sessionId === null || !(await isSessionOpen(transaction, { tenantId, sessionId }))) return []
  const user = await findUser(transaction, { tenantId, userId: sub })
  if (user?.state !== 'active') return []
  return (await findRights(transaction, { tenantId, userId: sub })).permissions
}
