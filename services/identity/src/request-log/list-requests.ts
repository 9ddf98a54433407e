import type { Call } from '@flatrender/contracts/call'
import type { Identity } from '../deps.ts'
import { findRequests, type RequestFilter, type RequestRow } from './request-log-store.ts'

/** Lists what was asked of the tenant acted in, a page at a time, the newest first. */
export async function listRequests(
  identity: Identity,
  { actor }: Call,
  { cursor, limit, ...filter }: RequestFilter & { cursor?: string | undefined; limit: number },
) {
  const last = cursor === undefined ? undefined : readCursor(cursor)
  const rows = await identity.database.transact(actor, (transaction) =>
    // One more tells whether there is a next page.
    findRequests(transaction, actor.tenantId, filter, { last, limit: limit + 1 }),
  )
  const page = rows.slice(0, limit)
  const next = rows.length > page.length ? writeCursor(page.at(-1)!) : null
  return { requests: page.map(describeRequest), next }
}

/** Moment and id: what requests are ordered by. Milliseconds tell all, for the gateway's clock knows no less. */
function writeCursor({ requested_at, id }: RequestRow): string {
  return `${requested_at.getTime()}_${id}`
}

function readCursor(cursor: string): { at: Date; id: string } {
  const [milliseconds = '', id = ''] = cursor.split('_')
  return { at: new Date(Number(milliseconds)), id }
}

function describeRequest(row: RequestRow) {
  const { id, method, route, status, address } = row
  return {
    id,
    requestedAt: row.requested_at.toISOString(),
    requestId: row.request_id,
    keyId: row.api_key_id,
    userId: row.user_id,
    method,
    route,
    status,
    milliseconds: row.duration_ms,
    requestBytes: Number(row.request_bytes),
    responseBytes: Number(row.response_bytes),
    address,
    errorCode: row.error_code,
  }
}
