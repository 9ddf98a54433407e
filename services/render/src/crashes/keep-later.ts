import type { SystemTransaction } from '@flatrender/platform/db'
import { enqueue } from '@flatrender/platform/events'
import type { Tables } from '../tables.ts'

/** The job that keeps what reproduces a crash. */
const KEEP_CRASH = 'render.keep-crash'

/** A crash record, by its tenant, which is the node's, and id. */
export interface CrashName {
  readonly tenantId: string
  readonly id: string
}

/** Has what reproduces a crash kept, once the transaction is done. */
export async function keepLater(
  transaction: SystemTransaction<Tables>,
  { tenantId, id }: CrashName,
): Promise<void> {
  await enqueue(transaction, { task: KEEP_CRASH, payload: { tenantId, id }, key: id })
}
