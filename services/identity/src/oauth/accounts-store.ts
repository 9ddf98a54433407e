import type { TenantTransaction } from '@flatrender/platform/db'
import { sql } from 'kysely'
import type { Tables } from '../tables.ts'
import type { UserName } from '../users/users-store.ts'

/** An account elsewhere: the provider, and its id of the person. */
export interface AccountName {
  readonly tenantId: string
  readonly providerId: string
  readonly subject: string
}

/** A linked account, with whose it is. */
export interface AccountRow {
  readonly id: string
  readonly email: string | null
  readonly last_used_at: Date | null
  readonly created_at: Date
  readonly provider_key: string
  readonly provider_name: string
  readonly provider_state: 'active' | 'paused'
}

/** The user who logs in by an account; undefined for nobody. */
export async function findAccountUser(
  transaction: TenantTransaction<Tables>,
  { tenantId, providerId, subject }: AccountName,
): Promise<string | undefined> {
  const row = await transaction
    .selectFrom('identity.oauth_accounts')
    .select('user_id')
    .where('tenant_id', '=', tenantId)
    .where('provider_id', '=', providerId)
    .where('subject', '=', subject)
    .executeTakeFirst()
  return row?.user_id
}

/** Links an account to a user; undefined where it is another's, or the user has one of this provider. */
export async function insertAccount(
  transaction: TenantTransaction<Tables>,
  { tenantId, providerId, subject }: AccountName,
  { userId, email }: { userId: string; email: string | null },
): Promise<string | undefined> {
  const row = await transaction
    .insertInto('identity.oauth_accounts')
    .values({ tenant_id: tenantId, user_id: userId, provider_id: providerId, subject, email })
    .onConflict((conflict) => conflict.doNothing())
    .returning('id')
    .executeTakeFirst()
  return row?.id
}

/** An account was just used; its provider tells this e-mail address now. */
export async function updateAccountUsed(
  transaction: TenantTransaction<Tables>,
  { tenantId, providerId, subject }: AccountName,
  email: string | null,
): Promise<void> {
  await transaction
    .updateTable('identity.oauth_accounts')
    .set({ last_used_at: sql<Date>`now()`, email })
    .where('tenant_id', '=', tenantId)
    .where('provider_id', '=', providerId)
    .where('subject', '=', subject)
    .execute()
}

/** The accounts of a user, the oldest first. */
export async function findAccounts(
  transaction: TenantTransaction<Tables>,
  { tenantId, userId }: UserName,
): Promise<AccountRow[]> {
  return transaction
    .selectFrom('identity.oauth_accounts as account')
    .innerJoin('identity.oauth_providers as provider', (join) =>
      join
        .onRef('provider.tenant_id', '=', 'account.tenant_id')
        .onRef('provider.id', '=', 'account.provider_id'),
    )
    .select(['account.id', 'account.email', 'account.last_used_at', 'account.created_at'])
    .select([
      'provider.key as provider_key',
      'provider.name as provider_name',
      'provider.state as provider_state',
    ])
    .where('account.tenant_id', '=', tenantId)
    .where('account.user_id', '=', userId)
    .orderBy('account.created_at')
    .execute()
}

/** Unlinks an account of a user; false where there is none. */
export async function deleteAccount(
  transaction: TenantTransaction<Tables>,
  { tenantId, userId }: UserName,
  id: string,
): Promise<boolean> {
  const row = await transaction
    .deleteFrom('identity.oauth_accounts')
    .where('tenant_id', '=', tenantId)
    .where('user_id', '=', userId)
    .where('id', '=', id)
    .returning('id')
    .executeTakeFirst()
  return row !== undefined
}

/** Does anybody log in by a provider? */
export async function hasAccounts(
  transaction: TenantTransaction<Tables>,
  { tenantId, providerId }: { tenantId: string; providerId: string },
): Promise<boolean> {
  const row = await transaction
    .selectFrom('identity.oauth_accounts')
    .select('id')
    .where('tenant_id', '=', tenantId)
    .where('provider_id', '=', providerId)
    .limit(1)
    .executeTakeFirst()
  return row !== undefined
}
