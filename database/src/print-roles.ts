import { deriveVerifier } from './role-password.ts'
import { groupRoles, serviceRoles } from './service-roles.ts'

/**
 * SQL that an administrator runs where the owner of the database may not create roles: the roles, and verifiers of their
 * passwords. It may be run again at any time.
 */
export function printRoles(secretKey: Buffer): string {
  const make = (role: string, how: string) =>
    `do $$ begin if not exists (select from pg_roles where rolname = '${role}') then create role ${role} ${how}; end if; end $$;`
  const groupOf = (role: string) =>
    role === 'flatrender_worker' ? undefined : role.endsWith('_system') ? groupRoles[1] : groupRoles[0]
  return [
    ...groupRoles.map((role) => make(role, 'nologin')),
    ...serviceRoles.flatMap((role) => {
      const group = groupOf(role)
      return [
        make(role, group === undefined ? 'login' : `login in role ${group}`),
        `alter role ${role} password '${deriveVerifier(secretKey, role)}';`,
      ]
    }),
    '',
  ].join('\n')
}
