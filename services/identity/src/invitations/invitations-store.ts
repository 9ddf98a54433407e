import type { Page } from '@flatrender/contracts/call'
import { type Selectable, sql } from 'kysely'
import { hashToken } from '../auth/opaque-token.ts'
import type { AnyTransaction, Tables } from '../tables.ts'

/** Days until an invitation expires. */
const INVITATION_DAYS = 7

/** What is shown of an invitation. */
export type InvitationRow = Pick<
  Selectable<Tables['identity.invitations']>,
  'id' | 'email' | 'expires_at' | 'created_at' | 'invited_by_id'
> & { readonly role: string }

/** Names an invitation. */
interface InvitationName {
  readonly tenantId: string
  readonly invitationId: string
}

/**
 * Keeps an invitation with its token's hash; an open one of the same address gets the new role and, unless `keepsToken`, the
 * new token. Gives its id, and whether it is a new one.
 */
export async function insertInvitation(
  transaction: AnyTransaction,
  invitation: {
    tenantId: string
    email: string
    role: string
    token: string
    invitedById: string | null
    /** The new token is mailed to nobody, so the former one stays good. */
    keepsToken: boolean
  },
): Promise<{ id: string; fresh: boolean }> {
  const { tenantId, role } = invitation
  const row = await transaction
    .insertInto('identity.invitations')
    .values((to) => ({
      tenant_id: tenantId,
      email: invitation.email,
      role_id: to
        .selectFrom('identity.roles')
        .select('id')
        .where('tenant_id', '=', tenantId)
        .where('key', '=', role),
      hash: hashToken(invitation.token),
      invited_by_id: invitation.invitedById,
      expires_at: sql<Date>`now() + make_interval(days => ${INVITATION_DAYS})`,
    }))
    .onConflict((conflict) =>
      conflict
        .columns(['tenant_id', 'email'])
        .where('accepted_at', 'is', null)
        .where('revoked_at', 'is', null)
        .doUpdateSet((row) => ({
          role_id: row.ref('excluded.role_id'),
          invited_by_id: row.ref('excluded.invited_by_id'),
          ...(!invitation.keepsToken && {
            hash: row.ref('excluded.hash'),
            expires_at: row.ref('excluded.expires_at'),
          }),
        })),
    )
    .returning(['id', sql<boolean>`xmax = 0`.as('fresh')])
    .executeTakeFirstOrThrow()
  return row
}

/** The tenant's invitations that nobody accepted or revoked, the newest first; expired ones are among them. */
export async function findInvitations(
  transaction: AnyTransaction,
  tenantId: string,
  { cursor, limit }: Page,
): Promise<InvitationRow[]> {
  return selectOpen(transaction, tenantId)
    .$if(cursor !== undefined, (query) => query.where('invitation.id', '<', cursor!))
    .orderBy('invitation.id', 'desc')
    .limit(limit)
    .execute()
}

/** An invitation that nobody accepted or revoked. */
export async function findInvitation(
  transaction: AnyTransaction,
  { tenantId, invitationId }: InvitationName,
): Promise<InvitationRow | undefined> {
  return selectOpen(transaction, tenantId).where('invitation.id', '=', invitationId).executeTakeFirst()
}

/** The invitation of a token, if it may be accepted. `lock` holds it until the end of the transaction. */
export async function findInvitationByToken(
  transaction: AnyTransaction,
  { tenantId, token }: { tenantId: string; token: string },
  { lock = false } = {},
): Promise<InvitationRow | undefined> {
  return selectOpen(transaction, tenantId)
    .where('invitation.hash', '=', hashToken(token))
    .where('invitation.expires_at', '>', sql<Date>`now()`)
    .$if(lock, (query) => query.forUpdate('invitation'))
    .executeTakeFirst()
}

/** Somebody accepted an invitation. */
export async function updateInvitationAccepted(
  transaction: AnyTransaction,
  { tenantId, invitationId, userId }: InvitationName & { userId: string },
): Promise<void> {
  await transaction
    .updateTable('identity.invitations')
    .set({ accepted_at: sql<Date>`now()`, user_id: userId })
    .where('tenant_id', '=', tenantId)
    .where('id', '=', invitationId)
    .execute()
}

/** One invitation, or all that a user sent. */
export type InvitationChoice = { readonly id: string } | { readonly invitedById: string }

/** Revokes open invitations; gives their ids. */
export async function updateInvitationsRevoked(
  transaction: AnyTransaction,
  tenantId: string,
  choice: InvitationChoice,
): Promise<string[]> {
  const rows = await transaction
    .updateTable('identity.invitations')
    .set({ revoked_at: sql<Date>`now()` })
    .where('tenant_id', '=', tenantId)
    .where((row) =>
      'id' in choice ? row('id', '=', choice.id) : row('invited_by_id', '=', choice.invitedById),
    )
    .where('accepted_at', 'is', null)
    .where('revoked_at', 'is', null)
    .returning('id')
    .execute()
  return rows.map(({ id }) => id)
}

function selectOpen(transaction: AnyTransaction, tenantId: string) {
  return transaction
    .selectFrom('identity.invitations as invitation')
    .innerJoin('identity.roles as role', (join) =>
      join.onRef('role.tenant_id', '=', 'invitation.tenant_id').onRef('role.id', '=', 'invitation.role_id'),
    )
    .select([
      'invitation.id',
      'invitation.email',
      'invitation.expires_at',
      'invitation.created_at',
      'invitation.invited_by_id',
      'role.key as role',
    ])
    .where('invitation.tenant_id', '=', tenantId)
    .where('invitation.accepted_at', 'is', null)
    .where('invitation.revoked_at', 'is', null)
}
