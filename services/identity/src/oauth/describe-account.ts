import type { AccountRow } from './accounts-store.ts'

/** Turns a linked account's row into what its user is answered. */
export function describeAccount(row: AccountRow) {
  return {
    id: row.id,
    provider: { key: row.provider_key, name: row.provider_name },
    email: row.email,
    lastUsedAt: row.last_used_at?.toISOString() ?? null,
    createdAt: row.created_at.toISOString(),
  }
}
