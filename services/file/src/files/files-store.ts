import type { FileKind } from '@flatrender/contracts/file'
import type { TenantTransaction } from '@flatrender/platform/db'
import { type ExpressionBuilder, sql } from 'kysely'
import type { Account } from '../quotas/quotas-store.ts'
import type { AnyTransaction, Tables } from '../tables.ts'
import type { Sight } from './find-sight.ts'

/** The files that are there: whole, and not deleted. */
function selectReady(transaction: AnyTransaction, tenantId: string) {
  return transaction
    .selectFrom('file_mgr.files')
    .select([
      'id',
      'owner_id',
      'account_id',
      'name',
      'kind',
      'media_type',
      'bytes',
      'hash',
      'object_key',
      'created_at',
    ])
    .where('tenant_id', '=', tenantId)
    .where('state', '=', 'ready')
    .where('deleted_at', 'is', null)
    .$narrowType<{ hash: Buffer; object_key: string }>()
}

/** A file that is there. */
export type FileRow = Awaited<ReturnType<ReturnType<typeof selectReady>['executeTakeFirstOrThrow']>>

const isSeen =
  ({ all, ownerId }: Sight) =>
  (where: ExpressionBuilder<Tables, 'file_mgr.files'>) =>
    all ? where.lit(true) : where('owner_id', 'is not distinct from', ownerId)

/** A file by its id, if whoever asks sees it; `lock` keeps it as it is until the transaction ends. */
export async function findFile(
  transaction: AnyTransaction,
  { tenantId, id, sight, lock }: { tenantId: string; id: string; sight: Sight; lock?: 'share' | 'update' },
): Promise<FileRow | undefined> {
  let found = selectReady(transaction, tenantId).where('id', '=', id).where(isSeen(sight))
  if (lock === 'share') found = found.forShare()
  if (lock === 'update') found = found.forUpdate()
  return found.executeTakeFirst()
}

/** A page of the files that somebody sees, the newest first. */
export async function findFiles(
  transaction: TenantTransaction<Tables>,
  tenantId: string,
  {
    sight,
    kind,
    cursor,
    limit,
  }: { sight: Sight; kind?: FileKind | undefined; cursor?: string | undefined; limit: number },
): Promise<FileRow[]> {
  let found = selectReady(transaction, tenantId).where(isSeen(sight))
  if (kind !== undefined) found = found.where('kind', '=', kind)
  if (cursor !== undefined)
    found = found.where(
      sql<boolean>`(created_at, id) < (
        select last.created_at, last.id from file_mgr.files as last
        where last.tenant_id = ${tenantId} and last.id = ${cursor}
      )`,
    )
  return found.orderBy('created_at', 'desc').orderBy('id', 'desc').limit(limit).execute()
}

/** Names a file that is to come, and the object that it will be. Gives its id. */
export async function insertComing(
  transaction: TenantTransaction<Tables>,
  file: Account & {
    id: string
    ownerId: string | null
    name: string
    kind: FileKind
    contentType: string
    objectKey: string
  },
): Promise<void> {
  await transaction
    .insertInto('file_mgr.files')
    .values({
      tenant_id: file.tenantId,
      id: file.id,
      owner_id: file.ownerId,
      account_id: file.accountId,
      name: file.name,
      kind: file.kind,
      media_type: file.contentType,
      object_key: file.objectKey,
    })
    .execute()
}

/** A file that was to come is there. */
export async function updateCome(
  transaction: TenantTransaction<Tables>,
  { tenantId, id, bytes, hash }: { tenantId: string; id: string; bytes: number; hash: Buffer },
): Promise<void> {
  await transaction
    .updateTable('file_mgr.files')
    .set({ state: 'ready', bytes: String(bytes), hash })
    .where('tenant_id', '=', tenantId)
    .where('id', '=', id)
    .where('state', '=', 'uploading')
    .execute()
}

/** Takes files off what is there: their objects are still to go. Gives those that it was done to. */
export async function updateDeleted(
  transaction: TenantTransaction<Tables>,
  { tenantId, ...which }: { tenantId: string; id?: string; ownerId?: string },
): Promise<{ id: string; kind: FileKind; account_id: string; bytes: string }[]> {
  let found = transaction
    .updateTable('file_mgr.files')
    .set({ deleted_at: sql<Date>`now()` })
    .where('tenant_id', '=', tenantId)
    .where('state', '=', 'ready')
    .where('deleted_at', 'is', null)
  if (which.id !== undefined) found = found.where('id', '=', which.id)
  if (which.ownerId !== undefined) found = found.where('owner_id', '=', which.ownerId)
  return found.returning(['id', 'kind', 'account_id', 'bytes']).execute()
}

/** The object of a deleted file that is still to go; undefined where it has gone. */
export async function findLeft(
  transaction: TenantTransaction<Tables>,
  { tenantId, id }: { tenantId: string; id: string },
): Promise<{ kind: FileKind; objectKey: string } | undefined> {
  const row = await transaction
    .selectFrom('file_mgr.files')
    .select(['kind', 'object_key'])
    .where('tenant_id', '=', tenantId)
    .where('id', '=', id)
    .where('deleted_at', 'is not', null)
    .where('state', '<>', 'deleted')
    .executeTakeFirst()
  return row === undefined || row.object_key === null
    ? undefined
    : { kind: row.kind, objectKey: row.object_key }
}

/** A deleted file's object is gone; its row stays for those who ask after it. */
export async function updateGone(
  transaction: TenantTransaction<Tables>,
  { tenantId, id }: { tenantId: string; id: string },
): Promise<void> {
  await transaction
    .updateTable('file_mgr.files')
    .set({ state: 'deleted', object_key: null })
    .where('tenant_id', '=', tenantId)
    .where('id', '=', id)
    .where('deleted_at', 'is not', null)
    .execute()
}
