import { type BuiltInRole, type Call, rolePermissions } from '@flatrender/contracts/call'
import { FlatRenderError } from '@flatrender/contracts/errors'

/**
 * Nobody gives, takes away or touches a role that allows more than they may do themselves: owners are governed by owners
 * alone, for nobody else has `tenants:own`. Errors: ROLE_TOO_HIGH.
 */
export function assertGrantable({ actor }: Call, roles: readonly string[]): void {
  if (actor.kind === 'system') return
  // A key, and who comes from a tenant above, may lack what every member has: that is no raise.
  const isMember = actor.kind !== 'key' && actor.actingTenantId === undefined
  const everybodys = isMember ? [] : rolePermissions.member
  // Roles of a tenant's own have no row in the table, and nobody can make one yet.
  const high = roles.filter((role) =>
    (rolePermissions[role as BuiltInRole] ?? []).some(
      (allowed) => !actor.permissions.includes(allowed) && !everybodys.includes(allowed),
    ),
  )
  if (high.length > 0) throw new FlatRenderError('ROLE_TOO_HIGH', { roles: high })
}
