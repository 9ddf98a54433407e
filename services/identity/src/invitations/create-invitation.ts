import { type BuiltInRole, type Call, rolePermissions } from '@flatrender/contracts/call'
import { FlatRenderError } from '@flatrender/contracts/errors'
import { placeOf } from '@flatrender/contracts/secrets'
import { seal } from '@flatrender/platform/secrets'
import { answerOnce } from '@flatrender/platform/service'
import { writeAudit } from '../audit/audit-store.ts'
import { countMail } from '../auth/mail-throttles-store.ts'
import { makeToken } from '../auth/opaque-token.ts'
import type { Identity } from '../deps.ts'
import { findKeyOwner } from '../keys/keys-store.ts'
import { assertProven } from '../sessions/assert-proven.ts'
import { assertGrantable } from '../users/assert-grantable.ts'
import { insertBuiltInRoles } from '../users/roles-store.ts'
import { describeInvitation } from './describe-invitation.ts'
import { findInvitation, insertInvitation } from './invitations-store.ts'

/**
 * Invites an address into the tenant with a role; a token is mailed there, five times an hour at most.
 * Inviting again renews the role and, where that is mailed, token and time.
 * Errors: INVITATION_UNMAILED for a new one beyond that, STEP_UP_REQUIRED for a role that governs users, ROLE_TOO_HIGH, and those of asking again with an `Idempotency-Key`.
 */
export async function createInvitation(
  identity: Identity,
  call: Call,
  input: { email: string; role: BuiltInRole },
) {
  const { actor } = call
  const { tenantId } = actor
  const { secretKeys } = identity
  assertGrantable(call, [input.role])
  const once = { call, service: 'identity', procedure: 'invitations.create', input, secretKeys }
  return identity.database.transact(actor, async (transaction) => {
    if (rolePermissions[input.role].includes('users:write')) await assertProven(transaction, call)
    return answerOnce(transaction, once, async () => {
      const invitedById =
        actor.kind === 'key' && actor.id !== null
          ? await findKeyOwner(transaction, { tenantId, keyId: actor.id })
          : actor.id
      await insertBuiltInRoles(transaction, tenantId)
      const token = makeToken('frv_')
      const mailed = await countMail(transaction, { tenantId, purpose: 'invitation', email: input.email })
      const invitation = { ...input, tenantId, token, invitedById, keepsToken: !mailed }
      const { id: invitationId, fresh } = await insertInvitation(transaction, invitation)
      // Without a mail nobody could accept it; an open one was mailed before.
      if (fresh && !mailed) throw new FlatRenderError('INVITATION_UNMAILED')
      const place = placeOf('platform.events.data', { subject: invitationId })
      const sealedToken = seal(secretKeys, place, token).toString('base64')
      const { role } = input
      await writeAudit(transaction, call, {
        action: 'invitation.sent',
        subject: invitationId,
        after: { role },
      })
      if (mailed)
        await identity.emit(transaction, {
          type: 'identity.invitation.requested',
          tenantId,
          subject: invitationId,
          data: { invitationId, sealedToken },
        })
      const row = await findInvitation(transaction, { tenantId, invitationId })
      return describeInvitation(row!)
    })
  })
}
