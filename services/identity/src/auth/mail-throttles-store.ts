import { createHash } from 'node:crypto'
import { sql } from 'kysely'
import type { AnyTransaction, Tables } from '../tables.ts'

/** Mails that an address is sent in an hour, for each purpose. */
const MAILS_AN_HOUR = 5

/** A mail that somebody wants sent. */
export interface WantedMail {
  readonly tenantId: string
  readonly purpose: Tables['identity.mail_throttles']['purpose']
  readonly email: string
}

/** Counts a mail, and says whether it may be sent: no more than five an hour to one address for one purpose. */
export async function countMail(
  transaction: AnyTransaction,
  { tenantId, purpose, email }: WantedMail,
): Promise<boolean> {
  const hash = createHash('sha256').update(email.toLowerCase()).digest()
  const { rows } = await sql`
    insert into identity.mail_throttles as known (tenant_id, purpose, hash, mailed)
    values (${tenantId}, ${purpose}, ${hash}, array[now()])
    on conflict (tenant_id, purpose, hash) do update
      set mailed = array(select mail from unnest(known.mailed) as mail where mail > now() - interval '1 hour') || now(),
        mailed_at = now()
      where (
        select count(*) from unnest(known.mailed) as mail where mail > now() - interval '1 hour'
      ) < ${MAILS_AN_HOUR}
    returning purpose`.execute(transaction)
  return rows.length > 0
}
