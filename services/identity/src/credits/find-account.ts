import type { Call } from '@flatrender/contracts/call'
import { FlatRenderError } from '@flatrender/contracts/errors'
import type { TenantTransaction } from '@flatrender/platform/db'
import type { Tables } from '../tables.ts'
import { requireUser } from '../users/require-user.ts'
import { findUser } from '../users/users-store.ts'
import type { AccountName } from './credit-accounts-store.ts'

/** The account of whoever asks. Errors: ACCESS_UNPROVEN for nobody's key, ACCESS_TOKEN_INVALID for one who is gone. */
export async function findMyAccount(
  transaction: TenantTransaction<Tables>,
  call: Call,
): Promise<AccountName> {
  const { tenantId } = call.actor
  if (!(await billsUsers(transaction, tenantId))) return { tenantId, accountId: tenantId }
  return { tenantId, accountId: (await requireUser(transaction, call)).id }
}

/** The account that pays for a user's work. Errors: CREDIT_ACCOUNT_UNKNOWN where users pay and this is none of the tenant. */
export async function findAccountOf(
  transaction: TenantTransaction<Tables>,
  { tenantId, userId }: { tenantId: string; userId: string | null },
): Promise<AccountName> {
  if (!(await billsUsers(transaction, tenantId))) return { tenantId, accountId: tenantId }
  const user = userId === null ? undefined : await findUser(transaction, { tenantId, userId })
  if (user === undefined || user.state === 'deleted')
    throw new FlatRenderError('CREDIT_ACCOUNT_UNKNOWN', { account: userId ?? tenantId })
  return { tenantId, accountId: user.id }
}

/** Is this an account of the tenant? Errors: CREDIT_ACCOUNT_UNKNOWN. */
export async function requireAccount(
  transaction: TenantTransaction<Tables>,
  { tenantId, accountId }: AccountName,
): Promise<AccountName> {
  const known = await findAccountOf(transaction, { tenantId, userId: accountId })
  if (known.accountId !== accountId)
    throw new FlatRenderError('CREDIT_ACCOUNT_UNKNOWN', { account: accountId })
  return known
}

async function billsUsers(transaction: TenantTransaction<Tables>, tenantId: string): Promise<boolean> {
  const { bills } = await transaction
    .selectFrom('identity.tenants')
    .select('bills')
    .where('id', '=', tenantId)
    .executeTakeFirstOrThrow()
  return bills === 'user'
}
