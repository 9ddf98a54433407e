import type { KeyRow } from './keys-store.ts'

/** Turns an API key's row into what is answered. */
export function describeKey(row: KeyRow) {
  const { id, name, prefix, scopes } = row
  return {
    id,
    name,
    prefix,
    scopes,
    allowedAddresses: row.allowed_addresses,
    expiresAt: row.expires_at?.toISOString() ?? null,
    lastUsedAt: row.last_used_at?.toISOString() ?? null,
    createdAt: row.created_at.toISOString(),
  }
}
