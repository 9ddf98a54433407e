import { createHash } from 'node:crypto'
import type { TenantTransaction } from '@flatrender/platform/db'
import { sql } from 'kysely'
import type { Tables } from '../tables.ts'

/** A mail that is to be sent. */
export interface NewDelivery {
  readonly tenantId: string
  readonly eventId: string
  /** Null for somebody who is no user yet. */
  readonly userId: string | null
  readonly type: string
  readonly language: string
  readonly recipient: string
  readonly seal: (secret: string) => Buffer
}

/**
 * Notes a mail before it is tried; counts the try. Gives its id, or undefined if the event was told already: then there is
 * nothing to do.
 */
export async function beginDelivery(
  transaction: TenantTransaction<Tables>,
  { tenantId, eventId, userId, type, language, recipient, seal }: NewDelivery,
): Promise<string | undefined> {
  const row = await transaction
    .insertInto('notification.deliveries')
    .values({
      tenant_id: tenantId,
      event_id: eventId,
      user_id: userId,
      channel: 'email',
      type,
      language,
      recipient_hash: createHash('sha256').update(recipient.toLowerCase()).digest(),
      sealed_recipient: seal(recipient),
      attempts: 1,
      next_attempt_at: sql<Date>`now()`,
    })
    .onConflict((conflict) =>
      conflict
        .columns(['tenant_id', 'event_id', 'user_id', 'channel'])
        .doUpdateSet({ attempts: sql`deliveries.attempts + 1` })
        .where('notification.deliveries.state', '=', 'pending'),
    )
    .returning('id')
    .executeTakeFirst()
  return row?.id
}

/** The mail is somebody else's now; one whose user was forgotten meanwhile stays as it is. */
export async function finishDelivery(
  transaction: TenantTransaction<Tables>,
  {
    tenantId,
    id,
    provider,
    messageId,
  }: { tenantId: string; id: string; provider: string; messageId: string },
): Promise<void> {
  await transaction
    .updateTable('notification.deliveries')
    .set({
      state: 'sent',
      next_attempt_at: null,
      finished_at: sql<Date>`now()`,
      provider,
      provider_message_id: messageId,
      sealed_recipient: null,
      sealed_payload: null,
      error: null,
    })
    .where('tenant_id', '=', tenantId)
    .where('id', '=', id)
    .where('state', '=', 'pending')
    .execute()
}

/** Why the last try failed; the mail stays pending. */
export async function noteFailure(
  transaction: TenantTransaction<Tables>,
  { tenantId, id, error }: { tenantId: string; id: string; error: string },
): Promise<void> {
  await transaction
    .updateTable('notification.deliveries')
    .set({ error: error.slice(0, 1000) })
    .where('tenant_id', '=', tenantId)
    .where('id', '=', id)
    .where('state', '=', 'pending')
    .execute()
}

/** Forgets the addresses of a user, wherever they were mailed; what was still to be sent no longer is. */
export async function emptyDeliveries(
  transaction: TenantTransaction<Tables>,
  { tenantId, userId }: { tenantId: string; userId: string },
): Promise<void> {
  const now = sql<Date>`now()`
  await transaction
    .updateTable('notification.deliveries')
    .set({
      state: sql`case state when 'pending' then 'suppressed' else state end`,
      next_attempt_at: null,
      finished_at: sql<Date>`coalesce(finished_at, ${now})`,
      recipient_hash: null,
      sealed_recipient: null,
      sealed_payload: null,
    })
    .where('tenant_id', '=', tenantId)
    // Mails to the address from before it was a user's, such as the invitation, are theirs too.
    .where((row) =>
      row.or([
        row('user_id', '=', userId),
        row(
          'recipient_hash',
          'in',
          row
            .selectFrom('notification.deliveries as theirs')
            .select('theirs.recipient_hash')
            .where('theirs.tenant_id', '=', tenantId)
            .where('theirs.user_id', '=', userId)
            .where('theirs.recipient_hash', 'is not', null),
        ),
      ]),
    )
    .execute()
}
