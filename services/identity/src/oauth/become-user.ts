import type { Call } from '@flatrender/contracts/call'
import { FlatRenderError } from '@flatrender/contracts/errors'
import type { TenantTransaction } from '@flatrender/platform/db'
import { writeAudit } from '../audit/audit-store.ts'
import { countMail } from '../auth/mail-throttles-store.ts'
import { mailToken } from '../auth/mail-token.ts'
import { closeTokens } from '../auth/user-tokens-store.ts'
import type { Identity } from '../deps.ts'
import type { Tables } from '../tables.ts'
import { findPresentation } from '../tenants/tenants-store.ts'
import { grantRole } from '../users/roles-store.ts'
import { findUserByEmail, insertUser, updateUser } from '../users/users-store.ts'
import { linkAccount } from './link-account.ts'
import type { Person } from './provider.ts'
import type { ProviderRow } from './providers-store.ts'

/** Somebody whose account nobody logs in by yet. */
interface Stranger {
  readonly row: ProviderRow
  readonly person: Person
}

/**
 * Makes a user of somebody whose account is new, or finds whose address it is. A provider that is trusted with the address
 * links the account to its user. Where it isn't, nobody learns whether the address is known: a mail goes there, and the
 * account is linked when it is answered. Gives the user's id, or undefined where a mail must be answered first.
 * Errors: OAUTH_EMAIL_MISSING, OAUTH_LOGIN_NEEDED, OAUTH_LOGIN_REFUSED.
 */
export async function becomeUser(
  identity: Identity,
  transaction: TenantTransaction<Tables>,
  call: Call,
  { row, person }: Stranger,
): Promise<string | undefined> {
  const { tenantId } = call.actor
  const { email, name, subject } = person
  if (email === null) throw new FlatRenderError('OAUTH_EMAIL_MISSING', { provider: row.name })
  const { language } = await findPresentation(transaction, tenantId)
  const fresh = await insertUser(transaction, { tenantId, email, name, language })
  if (fresh !== undefined) await tellOfNew(identity, transaction, call, fresh)
  const known = await findUserByEmail(transaction, tenantId, email)
  const userId = known!.id
  const trusted = person.emailVerified && row.trusts_email
  const account = { tenantId, providerId: row.id, subject }
  if (!trusted) {
    const unproven = known!.state === 'active' && known!.email_verified_at === null
    const purpose = unproven ? 'verify_email' : 'registration_repeated'
    if (!(await countMail(transaction, { tenantId, purpose, email }))) return undefined
    if (unproven)
      await mailToken(identity, transaction, { tenantId, userId, purpose: 'verify_email', account })
    else
      await identity.emit(transaction, {
        type: 'identity.registration.repeated',
        tenantId,
        subject: userId,
        data: { userId },
      })
    return undefined
  }
  if (known!.state !== 'active') throw new FlatRenderError('OAUTH_LOGIN_REFUSED')
  if (known!.email_verified_at === null) await proveAddress(identity, transaction, call, userId)
  // Another account of this provider has the same address: it may have changed hands there.
  if ((await linkAccount(identity, transaction, call, { ...account, userId, email })) === undefined)
    throw new FlatRenderError('OAUTH_LOGIN_NEEDED')
  return userId
}

async function tellOfNew(
  identity: Identity,
  transaction: TenantTransaction<Tables>,
  call: Call,
  userId: string,
): Promise<void> {
  const { tenantId } = call.actor
  await grantRole(transaction, { tenantId, userId, role: 'member' })
  await writeAudit(transaction, call, { action: 'user.registered', subject: userId, userId })
  const type = 'identity.user.registered'
  await identity.emit(transaction, { type, tenantId, subject: userId, data: { userId } })
}

/**
 * The provider's word proves an address that nobody has proven. Until then its user can have nothing: passwords and accounts
 * wait in the mails of whoever registered it, which count no more.
 */
async function proveAddress(
  identity: Identity,
  transaction: TenantTransaction<Tables>,
  call: Call,
  userId: string,
): Promise<void> {
  const { tenantId } = call.actor
  await updateUser(transaction, { tenantId, userId }, { verified: true })
  await closeTokens(transaction, { tenantId, userId })
  await writeAudit(transaction, call, { action: 'user.verified', subject: userId, userId })
  const type = 'identity.user.verified'
  await identity.emit(transaction, { type, tenantId, subject: userId, data: { userId } })
}
