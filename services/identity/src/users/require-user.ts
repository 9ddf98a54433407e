import type { Call } from '@flatrender/contracts/call'
import { FlatRenderError } from '@flatrender/contracts/errors'
import type { TenantTransaction } from '@flatrender/platform/db'
import { findKeyOwner } from '../keys/keys-store.ts'
import type { Tables } from '../tables.ts'
import { findUser, type UserRow } from './users-store.ts'

/** The id of the user who asks, by a login of their own. Errors: ACCESS_UNPROVEN for keys and whoever else. */
export function requireUserId({ actor }: Call): string {
  if (actor.kind !== 'user' || actor.id === null || actor.actingTenantId !== undefined)
    throw new FlatRenderError('ACCESS_UNPROVEN')
  return actor.id
}

/** The user who asks, or whose key does. Errors: ACCESS_UNPROVEN for nobody's key, ACCESS_TOKEN_INVALID for one who is gone. */
export async function requireUser(transaction: TenantTransaction<Tables>, { actor }: Call): Promise<UserRow> {
  const { tenantId } = actor
  const userId =
    actor.kind === 'key' && actor.id !== null
      ? await findKeyOwner(transaction, { tenantId, keyId: actor.id })
      : actor.id
  if (userId === null) throw new FlatRenderError('ACCESS_UNPROVEN')
  const user = await findUser(transaction, { tenantId, userId })
  if (user?.state !== 'active') throw new FlatRenderError('ACCESS_TOKEN_INVALID')
  return user
}
