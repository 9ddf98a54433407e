import type { TenantTransaction } from '@flatrender/platform/db'
import { sql } from 'kysely'
import type { Tables } from '../tables.ts'
import { starterScope } from './starter-scope.ts'

/** Hours after which nobody is publishing a draft any more. */
const LEFT_HOURS = 1

const { tenantId } = starterScope

/** A draft of a template that came with FlatRender. */
export interface LeftDraft {
  readonly id: string
  readonly slug: string
  readonly key: string
}

/** Drafts of starters that somebody began to publish, and was killed. */
export async function findLeftDrafts(transaction: TenantTransaction<Tables>): Promise<LeftDraft[]> {
  return transaction
    .selectFrom('content.template_versions as version')
    .innerJoin('content.templates as template', (join) =>
      join
        .onRef('template.tenant_id', '=', 'version.tenant_id')
        .onRef('template.id', '=', 'version.template_id'),
    )
    .select(['version.id', 'template.slug', 'version.package_key as key'])
    .where('version.tenant_id', '=', tenantId)
    .where('template.owner_id', 'is', null)
    .where('version.state', '=', 'draft')
    .where('version.created_at', '<', sql<Date>`now() - make_interval(hours => ${LEFT_HOURS})`)
    .execute()
}

/** Deletes a draft, if it still is one; false where it is none any more. */
export async function deleteDraft(transaction: TenantTransaction<Tables>, id: string): Promise<boolean> {
  const row = await transaction
    .deleteFrom('content.template_versions')
    .where('tenant_id', '=', tenantId)
    .where('id', '=', id)
    .where('state', '=', 'draft')
    .returning('id')
    .executeTakeFirst()
  return row !== undefined
}

/** Has any version of the tenant its package under this key? */
export async function isKeyUsed(transaction: TenantTransaction<Tables>, key: string): Promise<boolean> {
  const row = await transaction
    .selectFrom('content.template_versions')
    .select('id')
    .where('tenant_id', '=', tenantId)
    .where('package_key', '=', key)
    .limit(1)
    .executeTakeFirst()
  return row !== undefined
}
