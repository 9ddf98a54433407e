import { type BuiltInRole, builtInRoles, type Permission, rolePermissions } from '@flatrender/contracts/call'
import { sql } from 'kysely'
import { hasFactor } from '../factors/factors-store.ts'
import type { AnyTransaction } from '../tables.ts'

const names: Readonly<Record<BuiltInRole, Record<string, string>>> = {
  owner: { en: 'Owner', fa: 'مالک' },
  admin: { en: 'Admin', fa: 'مدیر' },
  designer: { en: 'Designer', fa: 'طراح' },
  support: { en: 'Support', fa: 'پشتیبان' },
  member: { en: 'Member', fa: 'عضو' },
}

/** Gives a tenant its five roles; those that it has stay. */
export async function insertBuiltInRoles(transaction: AnyTransaction, tenantId: string): Promise<void> {
  await transaction
    .insertInto('identity.roles')
    .values(
      builtInRoles.map((key) => ({
        tenant_id: tenantId,
        key,
        name: names[key],
        permissions: [...rolePermissions[key]],
        built_in: true,
      })),
    )
    .onConflict((conflict) => conflict.columns(['tenant_id', 'key']).doNothing())
    .execute()
}

/** Gives a user one of the five roles, and the tenant all five where it has none yet. */
export async function grantRole(
  transaction: AnyTransaction,
  { tenantId, userId, role }: { tenantId: string; userId: string; role: BuiltInRole },
): Promise<void> {
  await insertBuiltInRoles(transaction, tenantId)
  await transaction
    .insertInto('identity.user_roles')
    .columns(['tenant_id', 'user_id', 'role_id'])
    .expression((from) =>
      from
        .selectFrom('identity.roles')
        .select((to) => ['tenant_id', to.val(userId).as('user_id'), 'id'])
        .where('tenant_id', '=', tenantId)
        .where('key', '=', role),
    )
    .onConflict((conflict) => conflict.doNothing())
    .execute()
}

/**
 * The keys of a user's roles, and what they allow together: for one who must have a second factor and has none, nothing but
 * setting one up.
 */
export async function findRights(
  transaction: AnyTransaction,
  { tenantId, userId }: { tenantId: string; userId: string },
): Promise<{ roles: string[]; permissions: string[] }> {
  const rows = await transaction
    .selectFrom('identity.user_roles as held')
    .innerJoin('identity.roles as role', (join) =>
      join.onRef('role.tenant_id', '=', 'held.tenant_id').onRef('role.id', '=', 'held.role_id'),
    )
    .select(['role.key', 'role.built_in', 'role.permissions'])
    .where('held.tenant_id', '=', tenantId)
    .where('held.user_id', '=', userId)
    .orderBy('role.key')
    .execute()
  // What the five allow is said in the code: a new permission is theirs without touching a row.
  const allowed = rows.flatMap<string>(({ key, built_in, permissions }) =>
    built_in ? rolePermissions[key as BuiltInRole] : permissions,
  )
  const confined: Permission[] = ['self:factors']
  const permissions = (await lacksFactor(transaction, { tenantId, userId })) ? confined : allowed
  return { roles: rows.map(({ key }) => key), permissions: [...new Set(permissions)] }
}

/** Must a user have a second factor, and has none that counts? */
async function lacksFactor(
  transaction: AnyTransaction,
  { tenantId, userId }: { tenantId: string; userId: string },
): Promise<boolean> {
  const row = await transaction
    .selectFrom('identity.users')
    .select('id')
    .where('tenant_id', '=', tenantId)
    .where('id', '=', userId)
    .where('requires_mfa', '=', true)
    .executeTakeFirst()
  return row !== undefined && !(await hasFactor(transaction, { tenantId, userId }))
}

/** Has the tenant a user who owns it? */
export async function hasOwner(transaction: AnyTransaction, tenantId: string): Promise<boolean> {
  const owner = await transaction
    .selectFrom('identity.user_roles as held')
    .innerJoin('identity.roles as role', (join) =>
      join.onRef('role.tenant_id', '=', 'held.tenant_id').onRef('role.id', '=', 'held.role_id'),
    )
    .innerJoin('identity.users as user', (join) =>
      join.onRef('user.tenant_id', '=', 'held.tenant_id').onRef('user.id', '=', 'held.user_id'),
    )
    .select('user.id')
    .where('held.tenant_id', '=', tenantId)
    .where('role.key', '=', 'owner')
    .where('user.state', '<>', 'deleted')
    .limit(1)
    .executeTakeFirst()
  return owner !== undefined
}

/** Until the end of the transaction nobody else changes who owns the tenant: of two owners, each could remove the other. */
export async function holdOwners(transaction: AnyTransaction, tenantId: string): Promise<void> {
  await sql`select pg_advisory_xact_lock(hashtextextended('identity.owner ' || ${tenantId}, 0))`.execute(
    transaction,
  )
}
