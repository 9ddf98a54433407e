import type { FactorRow } from './factors-store.ts'

/** Turns a factor's row into what is answered. */
export function describeFactor(row: FactorRow) {
  const { id, kind, name } = row
  return {
    id,
    kind,
    name,
    verified: row.verified_at !== null,
    createdAt: row.created_at.toISOString(),
    lastUsedAt: row.last_used_at?.toISOString() ?? null,
  }
}
