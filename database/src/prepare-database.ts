import { FlatRenderError } from '@flatrender/contracts/errors'
import type { Client } from 'pg'
import { assertRolesFree, canLogIn } from './assert-roles-free.ts'
import { assertVersion } from './assert-version.ts'
import { changeUrl, NO_DATABASE, nameDatabase, withClient } from './connect.ts'
import { installQueue } from './install-queue.ts'
import { listMigrations } from './list-migrations.ts'
import { derivePassword, deriveVerifier } from './role-password.ts'
import { runMigrations } from './run-migrations.ts'
import { runSeeds } from './run-seeds.ts'
import { groupRoles, serviceRoles } from './service-roles.ts'

/** Any number that nothing else locks: the first bytes of “flatrender”. */
const LOCK = 0x666c6174

/** A database that is to be made ready. */
export interface DatabaseOptions {
  /** The owner's address of it: it need not exist. */
  readonly ownerUrl: string
  /** 32 bytes: the roles' passwords follow from them. */
  readonly secretKey: Buffer
  /** Keys from before: roles whose passwords follow from one of them are this installation's, and get new ones. */
  readonly formerKeys?: readonly Buffer[]
  /** Gives the roles new passwords though other databases of the cluster use them, and are locked out. */
  readonly takeRoles?: boolean
  readonly onStep?: (step: string) => void
  /** Stops, between statements or while others work; what a migration began is undone. */
  readonly signal?: AbortSignal
}

/**
 * Makes the database, its roles and schemas, the queue for background work, and what must be in it; what is there already stays. Done twice, the second
 * time changes nothing. Gives the names of the migrations that were run.
 * Errors: DATABASE_UNREACHABLE, DATABASE_TOO_OLD, DATABASE_OUTDATED, DATABASE_ROLES_MISSING, DATABASE_ROLES_TAKEN.
 */
export async function prepareDatabase({
  ownerUrl,
  secretKey,
  formerKeys = [],
  takeRoles = false,
  onStep = () => {},
  signal,
}: DatabaseOptions): Promise<string[]> {
  const secretKeys = [secretKey, ...formerKeys]
  const assertOurs = async (client: Client) => {
    if (!takeRoles && (await mayCreateRoles(client))) await assertRolesFree(client, { ownerUrl, secretKeys })
  }
  await createDatabase(ownerUrl, assertOurs, onStep)
  const urlOf = (role: string) =>
    changeUrl(ownerUrl, { user: role, password: derivePassword(secretKey, role) })
  const names = await withClient(
    ownerUrl,
    (client) =>
      takeTurns(client, async () => {
        await assertVersion(client)
        const mayCreate = await mayCreateRoles(client)
        if (!mayCreate) await assertRoles(client)
        await assertOurs(client)
        const run = await runMigrations(client, await listMigrations(), onStep)
        await installQueue(client, ownerUrl)
        if (mayCreate && !(await canLogIn(serviceRoles.map(urlOf)))) await givePasswords(client, secretKey)
        return run
      }),
    signal,
  )
  await runSeeds(urlOf)
  return names
}

/** Many may start at once: one works, the others wait and find everything done. */
async function takeTurns<Result>(client: Client, work: () => Promise<Result>): Promise<Result> {
  await client.query('select pg_advisory_lock($1)', [LOCK])
  try {
    return await work()
  } finally {
    await client.query('select pg_advisory_unlock($1)', [LOCK])
  }
}

/** Nothing is made before the owner has looked at the cluster. */
async function createDatabase(
  ownerUrl: string,
  look: (client: Client) => Promise<void>,
  onStep: (step: string) => void,
): Promise<void> {
  try {
    await withClient(ownerUrl, async () => {})
  } catch (error) {
    const { code } = ((error as Error).cause ?? {}) as { code?: string }
    if (code !== NO_DATABASE) throw error
    const database = nameDatabase(ownerUrl)
    await withClient(changeUrl(ownerUrl, { database: 'postgres' }), async (client) => {
      await look(client)
      onStep(`database ${database}`)
      // Another process may be making it at this moment.
      await client
        .query(`create database ${client.escapeIdentifier(database)}`)
        .catch((failure: Error & { code?: string }) => {
          if (failure.code !== '42P04' && failure.code !== '23505') throw failure
        })
    })
  }
}

async function mayCreateRoles(client: Client): Promise<boolean> {
  const { rows } = await client.query(
    'select rolcreaterole or rolsuper as may from pg_roles where rolname = current_user',
  )
  return rows[0]?.may === true
}

async function assertRoles(client: Client): Promise<void> {
  const { rows } = await client.query<{ rolname: string }>('select rolname from pg_roles')
  const there = new Set(rows.map(({ rolname }) => rolname))
  const roles = [...groupRoles, ...serviceRoles].filter((role) => !there.has(role))
  if (roles.length > 0)
    throw new FlatRenderError('DATABASE_ROLES_MISSING', { user: client.user ?? '', roles })
}

/** All of them or none. */
async function givePasswords(client: Client, secretKey: Buffer): Promise<void> {
  const given = serviceRoles.map(
    (role) =>
      `alter role ${client.escapeIdentifier(role)} password ${client.escapeLiteral(deriveVerifier(secretKey, role))}`,
  )
  await client.query(given.join(';'))
}
