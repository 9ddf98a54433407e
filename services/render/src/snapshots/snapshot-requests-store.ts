import { type Selectable, sql } from 'kysely'
import type { AccountName } from '../renders/hold-account.ts'
import type { AnyTransaction, Tables } from '../tables.ts'

/** Somebody's request for a snapshot. */
export type SnapshotRequestRow = Selectable<Tables['render.snapshot_requests']>

/** A picture's row. */
export type SnapshotRow = Selectable<Tables['render.snapshots']>

/** A request, and the picture as far as it has come. */
export interface AskedSnapshot {
  readonly row: SnapshotRequestRow
  readonly picture: SnapshotRow | undefined
}

/** Who wants a snapshot, and what. */
export interface NewSnapshotRequest {
  readonly tenantId: string
  readonly ownerId: string | null
  readonly keyId: string | null
  readonly accountId: string
  /** SHA-256 of who asks and all that was asked, in hexadecimal. */
  readonly requestKey: string
  readonly request: Readonly<Record<string, unknown>>
  readonly width: number
  readonly height: number
  readonly type: 'png' | 'webp'
}

/** Writes a request down, unless the same is there; then that counts as used now. */
export async function keepRequest(
  transaction: AnyTransaction,
  asked: NewSnapshotRequest,
): Promise<{ row: SnapshotRequestRow; isNew: boolean }> {
  const { tenantId, ownerId, keyId, accountId, requestKey, request, width, height, type } = asked
  const { rows } = await sql<SnapshotRequestRow & { is_new: boolean }>`
    insert into render.snapshot_requests
      (tenant_id, owner_id, api_key_id, account_id, request_key, request, width, height, format)
    values (${tenantId}, ${ownerId}, ${keyId}, ${accountId}, decode(${requestKey}, 'hex'),
      ${JSON.stringify(request)}::jsonb, ${width}, ${height}, ${type})
    on conflict (tenant_id, request_key) do update set last_used_at = now()
    returning *, (xmax = 0) as is_new`.execute(transaction)
  const { is_new: isNew, ...row } = rows[0]!
  return { row, isNew }
}

/** Has a request prepared anew: its picture is gone, or what went wrong may go well now. */
export async function reviveRequest(
  transaction: AnyTransaction,
  { tenant_id, id }: Pick<SnapshotRequestRow, 'tenant_id' | 'id'>,
  request: Readonly<Record<string, unknown>>,
): Promise<SnapshotRequestRow> {
  return transaction
    .updateTable('render.snapshot_requests')
    .set({
      state: 'preparing',
      snapshot_id: null,
      failure_code: null,
      failure_data: null,
      preparing_at: sql<Date>`now()`,
      request: { ...request },
    })
    .where('tenant_id', '=', tenant_id)
    .where('id', '=', id)
    .returningAll()
    .executeTakeFirstOrThrow()
}

/** A request by its id. */
export async function findRequest(
  transaction: AnyTransaction,
  { tenantId, id }: { readonly tenantId: string; readonly id: string },
): Promise<SnapshotRequestRow | undefined> {
  return transaction
    .selectFrom('render.snapshot_requests')
    .selectAll()
    .where('tenant_id', '=', tenantId)
    .where('id', '=', id)
    .executeTakeFirst()
}

/** Takes the picture of a request: it counts as used now. */
export async function usePicture(
  transaction: AnyTransaction,
  { tenant_id, snapshot_id }: SnapshotRequestRow,
): Promise<SnapshotRow | undefined> {
  if (snapshot_id === null) return undefined
  return transaction
    .updateTable('render.snapshots')
    .set({ last_used_at: sql<Date>`now()` })
    .where('tenant_id', '=', tenant_id)
    .where('id', '=', snapshot_id)
    .returningAll()
    .executeTakeFirst()
}

/** How many requests of an account have no end yet. */
export async function countOpenRequests(
  transaction: AnyTransaction,
  { tenantId, accountId }: AccountName,
): Promise<number> {
  const { rows } = await sql<{ open: number }>`
    select (
      select count(*) from render.snapshot_requests
      where tenant_id = ${tenantId} and account_id = ${accountId} and state = 'preparing'
    )::int + (
      select count(*) from render.snapshots as picture join render.snapshot_requests as request
        on request.tenant_id = picture.tenant_id and request.snapshot_id = picture.id
      where picture.tenant_id = ${tenantId} and picture.state = 'pending' and request.account_id = ${accountId}
    )::int as open`.execute(transaction)
  return rows[0]!.open
}
