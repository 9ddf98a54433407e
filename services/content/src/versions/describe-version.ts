import type { VersionRow } from './versions-store.ts'

/** A version as lists have it. */
export function describeVersion(row: VersionRow) {
  const { id, version, state } = row
  return {
    id,
    templateId: row.template_id,
    version,
    state,
    contentHash: row.package_hash.toString('hex'),
    bytes: Number(row.package_bytes),
    engineMinimum: row.engine_minimum,
    publishedAt: row.published_at.toISOString(),
  }
}
