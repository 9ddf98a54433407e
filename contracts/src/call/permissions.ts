/**
 * What may be allowed, `<noun>:<verb>`: a role is a set of them, and so are the scopes of an API key. `self:` is what
 * every user may do with what is their own; `self:factors` alone is what is left to one who must set up a second factor first.
 * `farm:work` is a render node's own, and nobody else's.
 * `tenants:own` is what makes an owner: making, changing, suspending and deleting owners, the tenant's domain, its providers.
 */
export const permissions = [
  'self:read',
  'self:write',
  'self:factors',
  'users:read',
  'users:write',
  'tenants:read',
  'tenants:write',
  'tenants:act',
  'tenants:own',
  'credits:grant',
  'keys:read',
  'keys:write',
  'audit:read',
  'templates:read',
  'files:read',
  'files:write',
  'renders:read',
  'renders:write',
  'nodes:read',
  'nodes:write',
  'webhooks:read',
  'webhooks:write',
  'farm:work',
] as const
export type Permission = (typeof permissions)[number]

/** What a key may be allowed: it has no self to change, reads of its maker's what they are and have, and owns no tenant. */
export const keyScopes = permissions.filter(
  (permission) => !['self:write', 'self:factors', 'tenants:own', 'farm:work'].includes(permission),
)
export type KeyScope = (typeof keyScopes)[number]

/** Every tenant's five roles. */
export const builtInRoles = ['owner', 'admin', 'designer', 'support', 'member'] as const
export type BuiltInRole = (typeof builtInRoles)[number]

const everybody: readonly Permission[] = [
  'self:read',
  'self:write',
  'self:factors',
  'templates:read',
  'files:read',
  'files:write',
  'renders:read',
  'renders:write',
]

/** What people may be allowed. */
const human = permissions.filter((permission) => permission !== 'farm:work')

/** What owners keep to themselves. */
const owners: readonly Permission[] = ['tenants:own', 'credits:grant']

/** What the five roles allow. */
export const rolePermissions: Readonly<Record<BuiltInRole, readonly Permission[]>> = {
  owner: human,
  admin: human.filter((permission) => !owners.includes(permission)),
  designer: everybody,
  support: [...everybody, 'users:read', 'tenants:read', 'audit:read', 'nodes:read', 'webhooks:read'],
  member: everybody,
}
