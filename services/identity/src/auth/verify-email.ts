import type { Call } from '@flatrender/contracts/call'
import { FlatRenderError } from '@flatrender/contracts/errors'
import { unseal } from '@flatrender/platform/secrets'
import { writeAudit } from '../audit/audit-store.ts'
import type { Identity } from '../deps.ts'
import { linkMailedAccount } from '../oauth/link-mailed-account.ts'
import { describeUser, type UserView } from '../users/describe-user.ts'
import { findUser, updateUser } from '../users/users-store.ts'
import { placeOfHash } from './mail-token.ts'
import { closeTokens, useToken } from './user-tokens-store.ts'

/**
 * Proves an e-mail address: its user may log in from now on, by the password or the account elsewhere given with this very
 * mail. Errors: USER_TOKEN_INVALID.
 */
export async function verifyEmail(
  identity: Identity,
  call: Call,
  { token }: { token: string },
): Promise<UserView> {
  const { tenantId } = call.actor
  return identity.database.transact(call.actor, async (transaction) => {
    const used = await useToken(transaction, { tenantId, purpose: 'verify_email', token })
    if (used === undefined) throw new FlatRenderError('USER_TOKEN_INVALID')
    const { userId, data } = used
    const known = await findUser(transaction, { tenantId, userId })
    if (known?.state !== 'active' || known.email_verified_at !== null)
      throw new FlatRenderError('USER_TOKEN_INVALID')
    const passwordHash = openHash(identity, userId, data.sealedPasswordHash)
    const account = { userId, email: known.email!, data }
    const linked = await linkMailedAccount(identity, transaction, call, account)
    if (passwordHash === undefined && linked === undefined) throw new FlatRenderError('USER_TOKEN_INVALID')
    const change = { verified: true, ...(passwordHash !== undefined && { passwordHash }) }
    const user = await updateUser(transaction, { tenantId, userId }, change)
    // Mails that somebody else had sent to this address set no password any more.
    await closeTokens(transaction, { tenantId, userId })
    await writeAudit(transaction, call, { action: 'user.verified', subject: userId, userId })
    await identity.emit(transaction, {
      type: 'identity.user.verified',
      tenantId,
      subject: userId,
      data: { userId },
    })
    return describeUser(transaction, tenantId, user)
  })
}

function openHash({ secretKeys }: Identity, userId: string, sealed: string | undefined): string | undefined {
  if (sealed === undefined) return undefined
  return unseal(secretKeys, placeOfHash(userId), Buffer.from(sealed, 'base64')).toString()
}
