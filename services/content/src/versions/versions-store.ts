import type { TenantTransaction } from '@flatrender/platform/db'
import type { Tables } from '../tables.ts'

/** The versions that a tenant sees and may render with; drafts aren't among them. */
function selectPublished(transaction: TenantTransaction<Tables>) {
  return transaction
    .selectFrom('content.template_versions as version')
    .innerJoin('content.templates as template', (join) =>
      join
        .onRef('template.tenant_id', '=', 'version.tenant_id')
        .onRef('template.id', '=', 'version.template_id'),
    )
    .select([
      'version.tenant_id',
      'version.id',
      'version.template_id',
      'template.slug',
      'template.shared',
      'version.version',
      'version.state',
      'version.package_hash',
      'version.package_key',
      'version.package_bytes',
      'version.package_sha256',
      'version.manifest',
      'version.fps',
      'version.engine_minimum',
      'version.published_at',
    ])
    .where('version.state', 'in', ['published', 'retired'])
    .$narrowType<{ state: 'published' | 'retired'; published_at: Date }>()
}

/** A published or retired version. */
export type VersionRow = Awaited<ReturnType<ReturnType<typeof selectPublished>['executeTakeFirstOrThrow']>>

/** A version by its id. */
export async function findVersion(
  transaction: TenantTransaction<Tables>,
  id: string,
): Promise<VersionRow | undefined> {
  return selectPublished(transaction).where('version.id', '=', id).limit(1).executeTakeFirst()
}

/** The versions of a template, the newest first. */
export async function findVersionsOf(
  transaction: TenantTransaction<Tables>,
  { tenant_id, id }: { readonly tenant_id: string; readonly id: string },
): Promise<VersionRow[]> {
  return selectPublished(transaction)
    .where('version.tenant_id', '=', tenant_id)
    .where('version.template_id', '=', id)
    .orderBy('version.published_at', 'desc')
    .orderBy('version.id', 'desc')
    .execute()
}
