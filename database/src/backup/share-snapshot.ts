import type { Client } from 'pg'
import { withClient } from '../connect.ts'

/** Values are written and read in one way, whatever the server or the role is used to. */
export const PLAIN_TEXT = `
  set local datestyle = 'ISO, YMD'; set local timezone = 'UTC'; set local intervalstyle = 'iso_8601';
  set local extra_float_digits = 1; set local bytea_output = 'hex'; set local statement_timeout = 0;
  set local idle_in_transaction_session_timeout = 0`

/**
 * Does some work with a connection of each role, all of which see the owner's snapshot and write nothing. Errors:
 * DATABASE_UNREACHABLE, also where a role has another password.
 */
export async function shareSnapshot<Result>(
  owner: Client,
  urls: ReadonlyMap<string, string>,
  work: (readers: ReadonlyMap<string, Client>) => Promise<Result>,
  signal?: AbortSignal,
): Promise<Result> {
  await owner.query(`begin isolation level repeatable read read only; ${PLAIN_TEXT}`)
  const { rows } = await owner.query<{ snapshot: string }>('select pg_export_snapshot() as snapshot')
  const snapshot = owner.escapeLiteral(rows[0]!.snapshot)
  const open = async (
    [next, ...rest]: readonly [string, string][],
    readers: Map<string, Client>,
  ): Promise<Result> => {
    if (next === undefined) return work(readers)
    const [role, url] = next
    const join = async (client: Client) => {
      await client.query('begin isolation level repeatable read read only')
      await client.query(`set transaction snapshot ${snapshot}`)
      await client.query(PLAIN_TEXT)
      return open(rest, readers.set(role, client))
    }
    return withClient(url, join, signal)
  }
  const result = await open([...urls], new Map())
  await owner.query('commit')
  return result
}
