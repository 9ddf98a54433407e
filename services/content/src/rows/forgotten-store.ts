import type { TenantTransaction } from '@flatrender/platform/db'
import type { Person } from '@flatrender/platform/personal'
import { sql } from 'kysely'
import type { Tables } from '../tables.ts'

/** Empties what a user said of templates, whose stars stay, and leaves what they wrote without an author. */
export async function emptyWords(
  transaction: TenantTransaction<Tables>,
  { tenantId, userId }: Person,
): Promise<void> {
  await sql`update content.ratings set comment = ''
    where tenant_id = ${tenantId} and owner_id = ${userId} and comment <> ''`.execute(transaction)
  await sql`update content.blog_posts set author_id = null
    where tenant_id = ${tenantId} and author_id = ${userId}`.execute(transaction)
}
