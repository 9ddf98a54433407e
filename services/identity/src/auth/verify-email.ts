import type { Call } from '@flatrender/contracts/call'
import { FlatRenderError } from '@flatrender/contracts/errors'
import { unseal } from '@flatrender/platform/secrets'
import { writeAudit } from '../audit/audit-store.ts'
import type { Identity } from '../deps.ts'
import { describeUser, type UserView } from '../users/describe-user.ts'
import { findUser, updateUser } from '../users/users-store.ts'
import { placeOfHash } from './mail-token.ts'
import { closeTokens, useToken } from './user-tokens-store.ts'

/** Proves an e-mail address: its user may log in from now on, by the password given with this very mail. Errors: USER_TOKEN_INVALID. */
export async function verifyEmail(
  identity: Identity,
  call: Call,
  { token }: { token: string },
): Promise<UserView> {
  const { tenantId } = call.actor
  return identity.database.transact(call.actor, async (transaction) => {
    const used = await useToken(transaction, { tenantId, purpose: 'verify_email', token })
    const sealed = used?.data.sealedPasswordHash
    if (used === undefined || sealed === undefined) throw new FlatRenderError('USER_TOKEN_INVALID')
    const { userId } = used
    const known = await findUser(transaction, { tenantId, userId })
    if (known?.state !== 'active' || known.email_verified_at !== null)
      throw new FlatRenderError('USER_TOKEN_INVALID')
    const passwordHash = unseal(
      identity.secretKeys,
      placeOfHash(userId),
      Buffer.from(sealed, 'base64'),
    ).toString()
    const user = await updateUser(transaction, { tenantId, userId }, { verified: true, passwordHash })
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
