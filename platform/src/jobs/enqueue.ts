import { sql } from 'kysely'
import type { SystemTransaction } from '../db/open-database.ts'
import { markTrace } from './job-trace.ts'

/** Background work that a service leaves to the workers. */
export interface NewJob {
  /** `<service>.<job>`, of the caller's own service. */
  readonly task: string
  readonly payload?: Readonly<Record<string, unknown>>
  /** Not before this; at once if it is left out. */
  readonly runAt?: Date
  /** Of the jobs of one task and key that have not begun, only the last stays. */
  readonly key?: string
}

/** Adds a job, if and only if the transaction commits. Gives its id. */
export async function enqueue<Tables>(
  transaction: SystemTransaction<Tables>,
  { task, payload = {}, runAt, key }: NewJob,
): Promise<string> {
  const { rows } = await sql<{ id: string }>`select platform.enqueue(
    ${task}, ${JSON.stringify(markTrace(payload))}::json, ${runAt ?? null}::timestamptz, ${key ?? null}
  ) as id`.execute(transaction)
  return rows[0]!.id
}
