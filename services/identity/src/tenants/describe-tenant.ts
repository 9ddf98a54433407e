import type { TenantRow } from './tenants-store.ts'

/** Turns a tenant's row into what is answered. */
export function describeTenant(row: TenantRow) {
  const { id, parent_id: parentId, kind, slug, name, state, created_at } = row
  return { id, parentId, kind, slug, name, state, createdAt: created_at.toISOString() }
}
