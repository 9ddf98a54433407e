import type { Actor } from '@flatrender/contracts/call'
import type { TemplateRow } from './templates-store.ts'

/** A template as its tenant and those below see it. */
export function describeTemplate(row: TemplateRow, { tenantId }: Pick<Actor, 'tenantId'>) {
  const { id, slug, name, description, formats, languages, scenes, slots, version } = row
  return {
    id,
    key: slug,
    name,
    description,
    own: row.tenant_id === tenantId,
    formats,
    languages,
    seconds: row.duration_seconds === null ? null : Number(row.duration_seconds),
    scenes,
    slots,
    versionId: row.version_id,
    version,
    publishedAt: row.published_at.toISOString(),
  }
}
