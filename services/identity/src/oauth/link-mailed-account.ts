import type { Call } from '@flatrender/contracts/call'
import { FlatRenderError } from '@flatrender/contracts/errors'
import type { TenantTransaction } from '@flatrender/platform/db'
import type { Identity } from '../deps.ts'
import type { Tables } from '../tables.ts'
import type { AccountName } from './accounts-store.ts'
import { linkAccount } from './link-account.ts'
import { findProvider } from './providers-store.ts'

/** An account as it waits in a token's data for its mail to be answered. */
export function packAccount({ providerId, subject }: AccountName): Record<string, string> {
  return { oauthProviderId: providerId, oauthSubject: subject }
}

/**
 * Links the account that waited for a mail, if one did; undefined where none did. Errors: USER_TOKEN_INVALID where its
 * provider is gone, or the account is another user's by now.
 */
export async function linkMailedAccount(
  identity: Identity,
  transaction: TenantTransaction<Tables>,
  call: Call,
  { userId, email, data }: { userId: string; email: string; data: Readonly<Record<string, string>> },
): Promise<string | undefined> {
  const { tenantId } = call.actor
  const { oauthProviderId: providerId, oauthSubject: subject } = data
  if (providerId === undefined || subject === undefined) return undefined
  const provider = await findProvider(transaction, { tenantId, id: providerId })
  const name = { tenantId, providerId, subject }
  const linked = provider && (await linkAccount(identity, transaction, call, { ...name, userId, email }))
  if (linked === undefined) throw new FlatRenderError('USER_TOKEN_INVALID')
  return linked
}
