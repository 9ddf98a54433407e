import type { AnsweredRequest } from '@flatrender/contracts/identity'
import type { SystemTransaction } from '@flatrender/platform/db'
import { sql } from 'kysely'
import type { Tables } from '../tables.ts'

/**
 * Counts answered requests of any tenants on their days in UTC: for the user, or the owner of the key, where the tenant
 * bills per user and they are its own; else for the tenant.
 */
export async function countRequests(
  transaction: SystemTransaction<Tables>,
  requests: readonly AnsweredRequest[],
): Promise<void> {
  // In one order, so that two who count at once don't wait for each other in a ring.
  await sql`
    insert into identity.tenant_usage_daily as daily (tenant_id, day, account_id, api_requests)
    select tenant.id, (request."requestedAt" at time zone 'UTC')::date,
      case when tenant.bills = 'user' then coalesce(person.id, key.owner_id, tenant.id) else tenant.id end, count(*)
    from jsonb_to_recordset(${JSON.stringify(requests)}::jsonb) as request (
      "tenantId" uuid, "requestedAt" timestamptz, "keyId" uuid, "userId" uuid
    )
    join identity.tenants as tenant on tenant.id = request."tenantId"
    left join identity.users as person on person.tenant_id = tenant.id and person.id = request."userId"
    left join identity.tenant_api_keys as key on key.tenant_id = tenant.id and key.id = request."keyId"
    group by 1, 2, 3 order by 1, 2, 3
    on conflict (tenant_id, day, account_id)
      do update set api_requests = daily.api_requests + excluded.api_requests`.execute(transaction)
}
