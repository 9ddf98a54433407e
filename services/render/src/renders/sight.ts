import type { Actor } from '@flatrender/contracts/call'
import { type RawBuilder, sql } from 'kysely'

/** Whose rows somebody sees within their tenant. */
export type Sight =
  | { readonly all: true }
  /** Those of one user, and those that one API key made. */
  | { readonly all: false; readonly userId: string | null; readonly keyId: string | null }

/** Who runs a tenant sees all that is made in it, others their own, and a key what was made by it. */
export function sightOf(actor: Actor): Sight {
  if (actor.kind === 'system' || actor.permissions.includes('users:read')) return { all: true }
  return { all: false, ...nameActor(actor) }
}

/** Who makes something: a user of the tenant or a key; neither for one of a tenant above. */
export function nameActor({ kind, id, actingTenantId }: Actor): {
  userId: string | null
  keyId: string | null
} {
  const own = actingTenantId === undefined
  return { userId: own && kind === 'user' ? id : null, keyId: own && kind === 'key' ? id : null }
}

/** May this row be seen? */
export function isInSight(
  sight: Sight,
  row: { readonly owner_id: string | null; readonly api_key_id: string | null },
): boolean {
  if (sight.all) return true
  const { userId, keyId } = sight
  return (userId !== null && row.owner_id === userId) || (keyId !== null && row.api_key_id === keyId)
}

/** The same as a condition on the columns `owner_id` and `api_key_id`. */
export function seesRow(sight: Sight): RawBuilder<boolean> {
  if (sight.all) return sql<boolean>`true`
  return sql<boolean>`(owner_id = ${sight.userId}::uuid or api_key_id = ${sight.keyId}::uuid)`
}
