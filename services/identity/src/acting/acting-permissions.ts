import { type Permission, rolePermissions } from '@flatrender/contracts/call'

/** What nobody does in a tenant that isn't their own: switch on, give credits away in another's name, and be its owner. */
const kept: readonly Permission[] = ['tenants:act', 'tenants:own', 'credits:grant']

/**
 * What somebody may do in a tenant below their own: what they may in their own and an owner may there, but for what is kept.
 * `self:` falls away, for nobody is there who they would be.
 */
export function boundPermissions(own: readonly string[]): Permission[] {
  return rolePermissions.owner.filter(
    (permission) => own.includes(permission) && !permission.startsWith('self:') && !kept.includes(permission),
  )
}
