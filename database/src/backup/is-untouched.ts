import type { Client } from 'pg'
import { withClient } from '../connect.ts'
import { assertIdle } from './assert-idle.ts'
import { liftPolicies } from './lift-policies.ts'
import { listTables } from './list-tables.ts'

/** Tables that preparing a database puts rows into, and what other rows of them have. */
const seeded = new Set(['identity.tenants', 'identity.plans', 'identity.plan_prices'])
const FOREIGN = `id::text not like '00000000-0000-0000-0000-%' or updated_at <> created_at`

/** Is nothing in a prepared database but its first rows? Errors: DATABASE_IN_USE, DATABASE_UNREACHABLE. */
export async function isUntouched(ownerUrl: string, signal?: AbortSignal): Promise<boolean> {
  return withClient(
    ownerUrl,
    async (client) => {
      await assertIdle(client)
      await client.query('begin')
      try {
        return await isEmpty(client)
      } finally {
        // Where the connection is gone, the server does it.
        await client.query('rollback').catch(() => {})
      }
    },
    signal,
  )
}

async function isEmpty(client: Client): Promise<boolean> {
  const tables = await listTables(client)
  await liftPolicies(client, tables)
  const questions = tables.map(
    ({ table }) => `exists (select from ${table}${seeded.has(table) ? ` where ${FOREIGN}` : ''})`,
  )
  const { rows } = await client.query<{ filled: boolean }>(`select ${questions.join(' or ')} as filled`)
  return rows[0]?.filled !== true
}
