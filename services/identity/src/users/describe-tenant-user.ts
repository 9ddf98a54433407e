import type { TenantUserRow } from './tenant-users-store.ts'

/** Turns a user's row into what the tenant is answered. Deleted ones come this far in no use case. */
export function describeTenantUser(row: TenantUserRow) {
  const { id, name, language, roles, state } = row
  return {
    id,
    email: row.email!,
    emailVerified: row.email_verified_at !== null,
    name,
    language,
    roles,
    mustHaveFactor: row.requires_mfa,
    state: state as 'active' | 'suspended',
    lastLoginAt: row.last_login_at?.toISOString() ?? null,
    createdAt: row.created_at.toISOString(),
  }
}
