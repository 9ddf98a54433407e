import type { TenantTransaction } from '@flatrender/platform/db'
import { type Selectable, sql } from 'kysely'
import type { Tables } from '../tables.ts'

const shown = [
  'id',
  'requested_at',
  'request_id',
  'api_key_id',
  'user_id',
  'method',
  'route',
  'status',
  'duration_ms',
  'request_bytes',
  'response_bytes',
  'error_code',
] as const

/** A request as it was written down. */
export type RequestRow = Pick<
  Selectable<Tables['identity.tenant_api_request_logs']>,
  (typeof shown)[number] | 'address'
>

/** Which requests are meant; moments in ISO 8601, `to` not included. */
export interface RequestFilter {
  readonly keyId?: string | undefined
  readonly userId?: string | undefined
  readonly status?: number | undefined
  readonly from?: string | undefined
  readonly to?: string | undefined
}

/** A page of what was asked of a tenant, the newest first; `last` is the last of the page before. */
export async function findRequests(
  transaction: TenantTransaction<Tables>,
  tenantId: string,
  { keyId, userId, status, from, to }: RequestFilter,
  { last, limit }: { last?: { at: Date; id: string } | undefined; limit: number },
): Promise<RequestRow[]> {
  let query = transaction
    .selectFrom('identity.tenant_api_request_logs')
    .select(shown)
    .select(sql<string | null>`host(address)`.as('address'))
    .where('tenant_id', '=', tenantId)
  if (keyId !== undefined) query = query.where('api_key_id', '=', keyId)
  if (userId !== undefined) query = query.where('user_id', '=', userId)
  if (status !== undefined) query = query.where('status', '=', status)
  if (from !== undefined) query = query.where('requested_at', '>=', new Date(from))
  if (to !== undefined) query = query.where('requested_at', '<', new Date(to))
  // The moment is in the cursor, so that partitions of later months aren't looked into.
  if (last !== undefined)
    query = query
      .where('requested_at', '<=', last.at)
      .where(sql<boolean>`(requested_at, id) < (${last.at}, ${last.id}::uuid)`)
  return query.orderBy('requested_at', 'desc').orderBy('id', 'desc').limit(limit).execute()
}
