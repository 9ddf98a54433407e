import { FlatRenderError } from '@flatrender/contracts/errors'
import type { Client } from 'pg'
import { changeUrl, nameDatabase, WRONG_PASSWORD, withClient } from './connect.ts'
import { derivePassword } from './role-password.ts'
import { groupRoles, serviceRoles } from './service-roles.ts'

/** Whose passwords the roles of a cluster have, and for which of its databases they are wanted. */
export interface RolesOptions {
  /** The owner's address of the database that is to be made ready. */
  readonly ownerUrl: string
  /** The installation's keys, 32 bytes each: roles that answer to any of them are its own. */
  readonly secretKeys: readonly Buffer[]
}

/**
 * Makes sure that new passwords lock nobody out: roles belong to the whole cluster, so another installation in it has the
 * same ones. Errors: DATABASE_ROLES_TAKEN, DATABASE_UNREACHABLE.
 */
export async function assertRolesFree(client: Client, options: RolesOptions): Promise<void> {
  const { ownerUrl, secretKeys } = options
  const databases = await listOthers(client, nameDatabase(ownerUrl))
  if (databases.length === 0) return
  for (const role of serviceRoles) {
    const urls = secretKeys.map((key) =>
      changeUrl(ownerUrl, { user: role, password: derivePassword(key, role) }),
    )
    if (!(await canAnyLogIn(urls))) throw new FlatRenderError('DATABASE_ROLES_TAKEN', { databases })
  }
}

/** Do all these passwords hold? Errors: DATABASE_UNREACHABLE for anything but a wrong one. */
export async function canLogIn(urls: readonly string[]): Promise<boolean> {
  for (const url of urls) if (!(await canAnyLogIn([url]))) return false
  return true
}

/** The cluster's other databases in which our roles may do anything. */
async function listOthers(client: Client, database: string): Promise<string[]> {
  // A right to a database itself is written down as the cluster's, one to something in it as the database's.
  const { rows } = await client.query<{ name: string }>(
    `select distinct d.datname as name
      from pg_shdepend s
      join pg_roles r on s.refclassid = 'pg_authid'::regclass and r.oid = s.refobjid
      join pg_database d
        on d.oid = case when s.dbid = 0 and s.classid = 'pg_database'::regclass then s.objid else s.dbid end
      where r.rolname = any($1) and d.datname <> $2
      order by name`,
    [[...groupRoles, ...serviceRoles], database],
  )
  return rows.map(({ name }) => name)
}

/** SQLSTATEs of a login whose password was right: there is no such database yet, or the role may not use it yet. */
const BELIEVED: ReadonlySet<string | undefined> = new Set(['3D000', '42501'])

async function canAnyLogIn(urls: readonly string[]): Promise<boolean> {
  for (const url of urls) {
    try {
      await withClient(url, async () => {})
      return true
    } catch (error) {
      const { code } = ((error as Error).cause ?? {}) as { code?: string }
      if (BELIEVED.has(code)) return true
      if (code !== WRONG_PASSWORD) throw error
    }
  }
  return false
}
