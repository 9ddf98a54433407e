import type { AnsweredRequest } from '@flatrender/contracts/identity'
import type { SystemTransaction } from '@flatrender/platform/db'
import { sql } from 'kysely'
import type { Tables } from '../tables.ts'

/** Adds answered requests of any tenants to their log, in one statement. */
export async function insertRequests(
  transaction: SystemTransaction<Tables>,
  requests: readonly AnsweredRequest[],
): Promise<void> {
  await sql`
    insert into identity.tenant_api_request_logs (
      tenant_id, requested_at, request_id, api_key_id, user_id, method, route, status, duration_ms,
      request_bytes, response_bytes, address, error_code
    )
    select "tenantId", "requestedAt", "requestId", "keyId", "userId", method, route, status, milliseconds,
      "requestBytes", "responseBytes", address, "errorCode"
    from jsonb_to_recordset(${JSON.stringify(requests)}::jsonb) as request (
      "tenantId" uuid, "requestedAt" timestamptz, "requestId" text, "keyId" uuid, "userId" uuid, method text,
      route text, status int, milliseconds int, "requestBytes" bigint, "responseBytes" bigint, address inet,
      "errorCode" text
    )`.execute(transaction)
}
