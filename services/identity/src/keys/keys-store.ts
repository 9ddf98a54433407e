import type { Page } from '@flatrender/contracts/call'
import type { TenantTransaction } from '@flatrender/platform/db'
import { type Selectable, sql } from 'kysely'
import type { Tables } from '../tables.ts'

const shown = [
  'id',
  'name',
  'prefix',
  'scopes',
  'allowed_addresses',
  'expires_at',
  'last_used_at',
  'created_at',
] as const

/** What is shown of an API key. */
export type KeyRow = Pick<Selectable<Tables['identity.tenant_api_keys']>, (typeof shown)[number]>

/** Keeps an API key's hash, and what it may do and from where. */
export async function insertKey(
  transaction: TenantTransaction<Tables>,
  key: {
    tenantId: string
    ownerId: string | null
    name: string
    prefix: string
    hash: Buffer
    scopes: readonly string[]
    allowedAddresses: readonly string[]
    expiresAt: string | null
  },
): Promise<KeyRow> {
  return transaction
    .insertInto('identity.tenant_api_keys')
    .values({
      tenant_id: key.tenantId,
      owner_id: key.ownerId,
      name: key.name,
      prefix: key.prefix,
      hash: key.hash,
      scopes: [...key.scopes],
      // A network that is named by an address in it is meant.
      allowed_addresses: sql<string[]>`array(
        select network(given::inet) from unnest(${[...key.allowedAddresses]}::text[]) as given
      )`,
      expires_at: key.expiresAt === null ? null : new Date(key.expiresAt),
    })
    .returning(shown)
    .executeTakeFirstOrThrow()
}

/** The keys of a tenant that are not revoked, the newest first. */
export async function findKeys(
  transaction: TenantTransaction<Tables>,
  tenantId: string,
  { cursor, limit }: Page,
): Promise<KeyRow[]> {
  return transaction
    .selectFrom('identity.tenant_api_keys')
    .select(shown)
    .where('tenant_id', '=', tenantId)
    .where('revoked_at', 'is', null)
    .$if(cursor !== undefined, (query) => query.where('id', '<', cursor!))
    .orderBy('id', 'desc')
    .limit(limit)
    .execute()
}

/** Revokes a key; false where there is none to revoke. */
export async function updateKeyRevoked(
  transaction: TenantTransaction<Tables>,
  { tenantId, keyId }: { tenantId: string; keyId: string },
): Promise<boolean> {
  const row = await transaction
    .updateTable('identity.tenant_api_keys')
    .set({ revoked_at: sql<Date>`now()` })
    .where('tenant_id', '=', tenantId)
    .where('id', '=', keyId)
    .where('revoked_at', 'is', null)
    .returning('id')
    .executeTakeFirst()
  return row !== undefined
}

/** Revokes all keys that a user made; gives their ids. */
export async function updateKeysOfRevoked(
  transaction: TenantTransaction<Tables>,
  { tenantId, ownerId }: { tenantId: string; ownerId: string },
): Promise<string[]> {
  const rows = await transaction
    .updateTable('identity.tenant_api_keys')
    .set({ revoked_at: sql<Date>`now()` })
    .where('tenant_id', '=', tenantId)
    .where('owner_id', '=', ownerId)
    .where('revoked_at', 'is', null)
    .returning('id')
    .execute()
  return rows.map(({ id }) => id)
}

/** The user who made a key; null where nobody did. */
export async function findKeyOwner(
  transaction: TenantTransaction<Tables>,
  { tenantId, keyId }: { tenantId: string; keyId: string },
): Promise<string | null> {
  const row = await transaction
    .selectFrom('identity.tenant_api_keys')
    .select('owner_id')
    .where('tenant_id', '=', tenantId)
    .where('id', '=', keyId)
    .executeTakeFirst()
  return row?.owner_id ?? null
}
