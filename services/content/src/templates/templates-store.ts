import type { TenantScope, TenantTransaction } from '@flatrender/platform/db'
import { sql } from 'kysely'
import type { Tables } from '../tables.ts'

/** Which templates are meant. */
export interface TemplateFilter {
  /** A part of the name in any language. */
  readonly query?: string | undefined
  readonly format?: string | undefined
  readonly language?: string | undefined
  /** The last id of the page before. */
  readonly cursor?: string | undefined
}

/** The published templates that a tenant sees, each with its current version. */
function selectPublished(transaction: TenantTransaction<Tables>) {
  return transaction
    .selectFrom('content.templates as template')
    .innerJoin('content.template_versions as version', (join) =>
      join
        .onRef('version.tenant_id', '=', 'template.tenant_id')
        .onRef('version.id', '=', 'template.current_version_id'),
    )
    .select([
      'template.tenant_id',
      'template.id',
      'template.slug',
      'template.name',
      'template.description',
      'template.formats',
      'template.languages',
      'template.duration_seconds',
      'template.published_at',
      'version.id as version_id',
      'version.version',
    ])
    .select([
      sql<number>`(select count(*)::int from content.scenes as scene
        where scene.tenant_id = version.tenant_id and scene.version_id = version.id)`.as('scenes'),
      sql<number>`(select count(*)::int from content.slots as slot join content.scenes as scene
          on scene.tenant_id = slot.tenant_id and scene.id = slot.scene_id
        where scene.tenant_id = version.tenant_id and scene.version_id = version.id)`.as('slots'),
    ])
    .where('template.state', '=', 'published')
    .$narrowType<{ published_at: Date }>()
}

/** A published template. */
export type TemplateRow = Awaited<ReturnType<ReturnType<typeof selectPublished>['executeTakeFirstOrThrow']>>

/** A page of the published templates that a tenant sees, the newest first. */
export async function findTemplates(
  transaction: TenantTransaction<Tables>,
  { query, format, language, cursor, limit }: TemplateFilter & { limit: number },
): Promise<TemplateRow[]> {
  let found = selectPublished(transaction)
  if (query !== undefined) {
    const pattern = `%${query.replaceAll(/[\\%_]/g, '\\$&')}%`
    found = found.where(
      sql<boolean>`exists (select from jsonb_each_text(template.name) as said where said.value ilike ${pattern})`,
    )
  }
  if (format !== undefined) found = found.where(sql<boolean>`${format} = any (template.formats)`)
  if (language !== undefined)
    found = found.where(sql<boolean>`lower(${language}) = any (lower(template.languages::text)::text[])`)
  if (cursor !== undefined)
    found = found.where(
      sql<boolean>`(template.published_at, template.id) < (
        select last.published_at, last.id from content.templates as last where last.id = ${cursor} limit 1
      )`,
    )
  return found.orderBy('template.published_at', 'desc').orderBy('template.id', 'desc').limit(limit).execute()
}

/** A published template by its id or slug; of several with one slug the tenant's own, else the nearest above. */
export async function findTemplate(
  transaction: TenantTransaction<Tables>,
  { tenantId, visibleTenants }: TenantScope,
  idOrSlug: string,
): Promise<TemplateRow | undefined> {
  const column = isId(idOrSlug) ? 'template.id' : 'template.slug'
  const near = `{${[tenantId, ...visibleTenants].join(',')}}`
  return selectPublished(transaction)
    .where(column, '=', idOrSlug)
    .orderBy(sql`array_position(${near}::uuid[], template.tenant_id)`)
    .limit(1)
    .executeTakeFirst()
}

function isId(text: string): boolean {
  return /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(text)
}
