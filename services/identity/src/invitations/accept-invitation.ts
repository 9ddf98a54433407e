import type { BuiltInRole, Call } from '@flatrender/contracts/call'
import { FlatRenderError } from '@flatrender/contracts/errors'
import type { TenantTransaction } from '@flatrender/platform/db'
import { writeAudit } from '../audit/audit-store.ts'
import { closeTokens } from '../auth/user-tokens-store.ts'
import type { Identity } from '../deps.ts'
import type { Tables } from '../tables.ts'
import { assertTenantActive } from '../tenants/tenants-system-store.ts'
import { describeUser, type UserView } from '../users/describe-user.ts'
import { grantRole } from '../users/roles-store.ts'
import { findUser, findUserByEmail, insertVouchedUser } from '../users/users-store.ts'
import { findInvitationByToken, updateInvitationAccepted } from './invitations-store.ts'

/** What the invited person sends. */
interface Acceptance {
  readonly token: string
  readonly password?: string | undefined
  readonly name: string
  readonly language?: string | undefined
}

/**
 * Accepts an invitation. Its token proves the address: somebody new, or who never proved it, becomes a user with that
 * password. A user who has proven it long ago must be logged in as themselves, and gets the role added to what they have.
 * Errors: INVITATION_INVALID, INVITATION_NEEDS_LOGIN, INVITATION_NEEDS_PASSWORD, TENANT_SUSPENDED, SERVICE_UNAVAILABLE when
 * too many passwords wait to be hashed.
 */
export async function acceptInvitation(identity: Identity, call: Call, input: Acceptance): Promise<UserView> {
  const { tenantId } = call.actor
  const { token, password } = input
  const { language } = await identity.system.transact((transaction) =>
    assertTenantActive(transaction, tenantId),
  )
  const open = await identity.database.transact(call.actor, (transaction) =>
    findInvitationByToken(transaction, { tenantId, token }),
  )
  // Nothing is hashed for those who only guess.
  if (open === undefined) throw new FlatRenderError('INVITATION_INVALID')
  const passwordHash = password === undefined ? undefined : await identity.passwords.hash(password)
  return identity.database.transact(call.actor, async (transaction) => {
    const invitation = await findInvitationByToken(transaction, { tenantId, token }, { lock: true })
    if (invitation === undefined) throw new FlatRenderError('INVITATION_INVALID')
    const { id: invitationId, email, role } = invitation
    const person = { email, name: input.name, language: input.language ?? language, passwordHash }
    const userId = await becomeUser(transaction, call, person)
    await grantRole(transaction, { tenantId, userId, role: role as BuiltInRole })
    await updateInvitationAccepted(transaction, { tenantId, invitationId, userId })
    const act = { action: 'invitation.accepted', subject: invitationId, userId, after: { role } }
    await writeAudit(transaction, call, act)
    await identity.emit(transaction, {
      type: 'identity.invitation.accepted',
      tenantId,
      subject: invitationId,
      data: { invitationId, userId },
    })
    const user = await findUser(transaction, { tenantId, userId })
    return describeUser(transaction, tenantId, user!)
  })
}

/** The user that an invited person is or becomes; gives its id. */
async function becomeUser(
  transaction: TenantTransaction<Tables>,
  { actor }: Call,
  person: { email: string; name: string; language: string; passwordHash: string | undefined },
): Promise<string> {
  const { tenantId } = actor
  const { passwordHash, ...rest } = person
  const known = await findUserByEmail(transaction, tenantId, person.email)
  if (known !== undefined && known.state !== 'active') throw new FlatRenderError('INVITATION_INVALID')
  if (known !== undefined && known.email_verified_at !== null) {
    if (actor.kind !== 'user' || actor.id !== known.id) throw new FlatRenderError('INVITATION_NEEDS_LOGIN')
    return known.id
  }
  if (passwordHash === undefined) throw new FlatRenderError('INVITATION_NEEDS_PASSWORD')
  const userId = await insertVouchedUser(transaction, { ...rest, tenantId, passwordHash })
  // Mails of a registration that somebody else may have begun set no password any more.
  await closeTokens(transaction, { tenantId, userId })
  return userId
}
