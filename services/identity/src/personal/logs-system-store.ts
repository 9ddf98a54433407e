import type { SystemTransaction } from '@flatrender/platform/db'
import { sql } from 'kysely'
import type { Tables } from '../tables.ts'

/** Blanks address and user agent of all acts by deleted users, and of those about them that nobody known did. */
export async function blankAudit(transaction: SystemTransaction<Tables>): Promise<void> {
  await sql`update identity.audit_logs as log set address = null, user_agent = null
    from identity.users as gone
    where gone.deleted_at is not null and gone.tenant_id = coalesce(log.acting_tenant_id, log.tenant_id)
      and gone.id::text = case log.actor_kind when 'user' then log.actor_id::text when 'system' then log.subject end
      and (log.address is not null or log.user_agent is not null)`.execute(transaction)
}

/** Blanks the address of all requests of deleted users. */
export async function blankRequests(transaction: SystemTransaction<Tables>): Promise<void> {
  await sql`update identity.tenant_api_request_logs as log set address = null
    from identity.users as gone
    where gone.deleted_at is not null and gone.tenant_id = log.tenant_id and gone.id = log.user_id
      and log.address is not null`.execute(transaction)
}
