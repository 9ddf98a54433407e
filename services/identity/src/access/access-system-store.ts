import type { SystemTransaction } from '@flatrender/platform/db'
import { sql } from 'kysely'
import type { Tables } from '../tables.ts'

/** Minutes that a revocation is told of: longer than any access token is good for. */
const TOLD_MINUTES = 15

/** The tenant whose proven domain a host is; undefined where it is nobody's. */
export async function findTenantByDomain(
  transaction: SystemTransaction<Tables>,
  domain: string,
): Promise<string | undefined> {
  const row = await transaction
    .selectFrom('identity.tenant_branding')
    .select('tenant_id')
    .where('domain', '=', domain)
    .where('domain_verified_at', 'is not', null)
    .executeTakeFirst()
  return row?.tenant_id
}

/** The tenant with a slug; undefined where there is none. */
export async function findTenantBySlug(
  transaction: SystemTransaction<Tables>,
  slug: string,
): Promise<string | undefined> {
  const row = await transaction
    .selectFrom('identity.tenants')
    .select('id')
    .where('slug', '=', slug)
    .executeTakeFirst()
  return row?.id
}

/** An API key that works. */
export interface WorkingKey {
  readonly id: string
  readonly tenantId: string
  readonly ownerId: string | null
  readonly scopes: string[]
}

/** An API key that works now, from this address. Its use is written down once a minute at most. */
export async function useKey(
  transaction: SystemTransaction<Tables>,
  hash: Buffer,
  address: string | null,
): Promise<WorkingKey | undefined> {
  const key = await selectKey(transaction, sql`hash = ${hash}`, address)
  if (key === undefined) return undefined
  await sql`update identity.tenant_api_keys set last_used_at = now(), last_used_address = ${address}
    where tenant_id = ${key.tenantId} and id = ${key.id}
      and (last_used_at is null or last_used_at < now() - interval '1 minute')`.execute(transaction)
  return key
}

/** An API key that would work now, from this address. */
export async function findWorkingKey(
  transaction: SystemTransaction<Tables>,
  { tenantId, keyId }: { tenantId: string; keyId: string },
  address: string | null,
): Promise<WorkingKey | undefined> {
  return selectKey(transaction, sql`tenant_id = ${tenantId} and id = ${keyId}`, address)
}

async function selectKey(
  transaction: SystemTransaction<Tables>,
  which: ReturnType<typeof sql>,
  address: string | null,
): Promise<WorkingKey | undefined> {
  const { rows } = await sql<WorkingKey>`
    select id, tenant_id as "tenantId", owner_id as "ownerId", scopes from identity.tenant_api_keys
    where ${which} and revoked_at is null and (expires_at is null or expires_at > now())
      and (allowed_addresses = '{}' or coalesce(${address}::inet <<= any (allowed_addresses), false))`.execute(
    transaction,
  )
  return rows[0]
}

/** What must no longer be believed. */
export interface Revocations {
  readonly sessions: string[]
  readonly users: string[]
  readonly tenants: string[]
  readonly keys: string[]
}

/** Sessions, users and keys that ended in the last minutes, and every tenant that stands still or is below one that does. */
export async function findRevocations(transaction: SystemTransaction<Tables>): Promise<Revocations> {
  const since = sql<Date>`now() - make_interval(mins => ${TOLD_MINUTES})`
  const { rows } = await sql<Revocations>`
    with recursive still as (
      select id from identity.tenants where state <> 'active'
      union
      select tenant.id from identity.tenants as tenant join still on tenant.parent_id = still.id
    )
    select
      array(select id::text from identity.sessions where revoked_at > ${since}) as sessions,
      array(select id::text from identity.users where suspended_at > ${since}
        union select id::text from identity.users where deleted_at > ${since}) as users,
      array(select id::text from still) as tenants,
      array(select id::text from identity.tenant_api_keys where revoked_at > ${since}) as keys`.execute(
    transaction,
  )
  return rows[0]!
}
