import type { BuiltInRole } from '@flatrender/contracts/call'
import type { TenantTransaction } from '@flatrender/platform/db'
import { type Selectable, sql } from 'kysely'
import type { Tables } from '../tables.ts'
import { grantRole } from './roles-store.ts'
import type { UserName } from './users-store.ts'

const shown = [
  'id',
  'email',
  'email_verified_at',
  'name',
  'language',
  'requires_mfa',
  'state',
  'last_login_at',
  'created_at',
] as const

/** What the tenant sees of a user, with the keys of their roles. */
export type TenantUserRow = Pick<Selectable<Tables['identity.users']>, (typeof shown)[number]> & {
  readonly roles: string[]
}

/** Which of a tenant's users, and from where on. */
export interface UserPage {
  readonly tenantId: string
  readonly state?: 'active' | 'suspended' | undefined
  /** The last id of the page before. */
  readonly cursor?: string | undefined
  readonly limit: number
}

/** A page of a tenant's users that are not deleted, the newest first: their ids tell when they were made. */
export async function findTenantUsers(
  transaction: TenantTransaction<Tables>,
  { tenantId, state, cursor, limit }: UserPage,
): Promise<TenantUserRow[]> {
  return selectUsers(transaction, tenantId)
    .$if(state !== undefined, (query) => query.where('state', '=', state!))
    .$if(cursor !== undefined, (query) => query.where('id', '<', cursor!))
    .orderBy('id', 'desc')
    .limit(limit)
    .execute()
}

/** A user of the tenant who is not deleted. */
export async function findTenantUser(
  transaction: TenantTransaction<Tables>,
  { tenantId, userId }: UserName,
): Promise<TenantUserRow | undefined> {
  return selectUsers(transaction, tenantId).where('id', '=', userId).executeTakeFirst()
}

/** Suspends a user or lifts the suspension. */
export async function updateUserState(
  transaction: TenantTransaction<Tables>,
  { tenantId, userId }: UserName,
  change: { state: 'suspended'; reason: string } | { state: 'active' },
): Promise<void> {
  const suspended = change.state === 'suspended'
  await transaction
    .updateTable('identity.users')
    .set({
      state: change.state,
      suspended_at: suspended ? sql<Date>`now()` : null,
      suspended_reason: suspended ? change.reason : null,
    })
    .where('tenant_id', '=', tenantId)
    .where('id', '=', userId)
    .execute()
}

/** Demands a second factor of a user, or no longer. */
export async function updateUserDemand(
  transaction: TenantTransaction<Tables>,
  { tenantId, userId }: UserName,
  required: boolean,
): Promise<void> {
  await transaction
    .updateTable('identity.users')
    .set({ requires_mfa: required })
    .where('tenant_id', '=', tenantId)
    .where('id', '=', userId)
    .execute()
}

/** Gives a user these roles and no others. */
export async function replaceRoles(
  transaction: TenantTransaction<Tables>,
  { tenantId, userId }: UserName,
  roles: readonly BuiltInRole[],
): Promise<void> {
  await transaction
    .deleteFrom('identity.user_roles')
    .where('tenant_id', '=', tenantId)
    .where('user_id', '=', userId)
    .execute()
  for (const role of roles) await grantRole(transaction, { tenantId, userId, role })
}

/** Has the tenant an owner who may log in, beside this user? */
export async function hasOtherOwner(
  transaction: TenantTransaction<Tables>,
  { tenantId, userId }: UserName,
): Promise<boolean> {
  const row = await selectUsers(transaction, tenantId)
    .where('id', '<>', userId)
    .where('state', '=', 'active')
    .where('email_verified_at', 'is not', null)
    .where(sql<boolean>`'owner' = any (${rolesOf})`)
    .limit(1)
    .executeTakeFirst()
  return row !== undefined
}

const rolesOf = sql<string[]>`array(
  select role.key from identity.user_roles as held
  join identity.roles as role on role.tenant_id = held.tenant_id and role.id = held.role_id
  where held.tenant_id = users.tenant_id and held.user_id = users.id
  order by role.key
)`

function selectUsers(transaction: TenantTransaction<Tables>, tenantId: string) {
  return transaction
    .selectFrom('identity.users')
    .select([...shown, rolesOf.as('roles')])
    .where('tenant_id', '=', tenantId)
    .where('state', '<>', 'deleted')
}
