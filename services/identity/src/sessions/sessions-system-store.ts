import type { SystemTransaction } from '@flatrender/platform/db'
import { sql } from 'kysely'
import type { Tables } from '../tables.ts'

/** Days that an ended session is kept: its address is one that its user is known to come from. */
const KEPT_SESSION_DAYS = 90
/** Days that a signing key is kept after it retired. */
const KEPT_KEY_DAYS = 30

/** Deletes what has expired, of every tenant. */
export async function deleteExpired(transaction: SystemTransaction<Tables>): Promise<void> {
  const expired = sql<Date>`now()`
  await transaction.deleteFrom('identity.refresh_tokens').where('expires_at', '<', expired).execute()
  await transaction
    .deleteFrom('identity.sessions')
    .where('expires_at', '<', sql<Date>`now() - make_interval(days => ${KEPT_SESSION_DAYS})`)
    .execute()
  await transaction
    .deleteFrom('identity.user_tokens')
    .where((row) => row.or([row('expires_at', '<', expired), row('used_at', 'is not', null)]))
    .execute()
  await transaction
    .deleteFrom('identity.invitations')
    .where('expires_at', '<', expired)
    .where('accepted_at', 'is', null)
    .execute()
  await transaction
    .deleteFrom('identity.mail_throttles')
    .where('mailed_at', '<', sql<Date>`now() - interval '1 hour'`)
    .execute()
  await transaction.deleteFrom('identity.oauth_logins').where('expires_at', '<', expired).execute()
  await transaction
    .deleteFrom('identity.login_throttles')
    .where('failed_at', '<', sql<Date>`now() - interval '1 day'`)
    .execute()
  await transaction
    .deleteFrom('identity.signing_keys')
    .where('retired_at', '<', sql<Date>`now() - make_interval(days => ${KEPT_KEY_DAYS})`)
    .execute()
}
