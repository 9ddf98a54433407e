import { type BuiltInRole, type Call, rolePermissions } from '@flatrender/contracts/call'
import { FlatRenderError } from '@flatrender/contracts/errors'

/** Nobody gives, takes away or touches a role that allows more than they may do themselves. Errors: ROLE_TOO_HIGH. */
export function assertGrantable({ actor }: Call, roles: readonly string[]): void {
  if (actor.kind === 'system') return
  // Who comes from a tenant above may lack here what every member has: that is no raise.
  const everybodys = actor.actingTenantId === undefined ? [] : rolePermissions.member
  // Roles of a tenant's own have no row in the table, and nobody can make one yet.
  const high = roles.filter((role) =>
    (rolePermissions[role as BuiltInRole] ?? []).some(
      (allowed) => !actor.permissions.includes(allowed) && !everybodys.includes(allowed),
    ),
  )
  if (high.length > 0) throw new FlatRenderError('ROLE_TOO_HIGH', { roles: high })
}
