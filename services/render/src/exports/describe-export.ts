import type { Container } from '@flatrender/contracts/engine'
import type { ExportRow } from './exports-store.ts'

/** A finished file as its tenant sees it. */
export function describeExport(row: ExportRow) {
  return {
    id: row.id,
    renderId: row.render_job_id!,
    container: row.container as Container,
    state: row.state,
    bytes: row.bytes === null ? null : Number(row.bytes),
    sha256: row.hash?.toString('hex') ?? null,
    durationMs: row.duration_ms,
    expiresAt: row.expires_at?.toISOString() ?? null,
    recreatableUntil: row.recreation_ends_at?.toISOString() ?? null,
    createdAt: row.created_at.toISOString(),
  }
}
