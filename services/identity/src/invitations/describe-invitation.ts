import type { InvitationRow } from './invitations-store.ts'

/** Turns an invitation's row into what is answered. */
export function describeInvitation({ id, email, role, expires_at, created_at }: InvitationRow) {
  return { id, email, role, expiresAt: expires_at.toISOString(), createdAt: created_at.toISOString() }
}
