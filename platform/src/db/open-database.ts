import { FlatRenderError } from '@flatrender/contracts/errors'
import { Kysely, PostgresDialect, sql, type Transaction } from 'kysely'
import pg from 'pg'
import { isLoss, throwLoss } from './is-loss.ts'
import { type Listener, listen } from './listen.ts'
import type { TenantScope } from './scope.ts'

/** Where a service logs in, and how many connections it may hold. */
export interface DatabaseOptions {
  readonly url: string
  readonly connections: number
  /** Shown by the server beside each connection. */
  readonly name: string
}

declare const tenant: unique symbol
declare const system: unique symbol

/** A transaction that sees one tenant's rows alone. */
export type TenantTransaction<Tables> = Transaction<Tables> & { readonly [tenant]: true }
/** A transaction of work that has no tenant. Functions that take one live in `*-system-store.ts`. */
export type SystemTransaction<Tables> = Transaction<Tables> & { readonly [system]: true }

/** A service's door to its schema, bound by the policies. */
export interface TenantDatabase<Tables> {
  /** Does some work in one transaction of a tenant; whatever it throws undoes all of it. Errors: DATABASE_LOST. */
  transact<Result>(
    scope: TenantScope,
    work: (transaction: TenantTransaction<Tables>) => Promise<Result>,
  ): Promise<Result>
  close(): Promise<void>
}

/** A service's other door, for what has no tenant: resolving hosts and keys, leasing, housekeeping. */
export interface SystemDatabase<Tables> {
  /** Does some work in one transaction; whatever it throws undoes all of it. Errors: DATABASE_LOST. */
  transact<Result>(work: (transaction: SystemTransaction<Tables>) => Promise<Result>): Promise<Result>
  /** Does one statement, which is a transaction by itself: one way to the server and back. Errors: DATABASE_LOST. */
  ask<Result>(statement: (transaction: SystemTransaction<Tables>) => Promise<Result>): Promise<Result>
  /** Hears of notifications on a channel, on a connection beside the others; see `listen`. */
  listen(channel: string, heard: (said?: string) => void): Listener
  close(): Promise<void>
}

/** Opens the door of `flatrender_<service>`. Nothing is connected before the first transaction. */
export function openTenantDatabase<Tables>(options: DatabaseOptions): TenantDatabase<Tables> {
  const pool = connect<Tables>(options)
  return {
    transact: (scope, work) =>
      transact(pool, async (transaction) => {
        // Local to the transaction: the connection goes back to the pool without a tenant.
        await sql`select set_config('app.tenant_id', ${scope.tenantId}, true),
          set_config('app.visible_tenants', ${scope.visibleTenants.join(',')}, true)`.execute(transaction)
        return work(transaction as TenantTransaction<Tables>)
      }),
    close: () => pool.database.destroy(),
  }
}

/** Opens the door of `flatrender_<service>_system`. */
export function openSystemDatabase<Tables>(options: DatabaseOptions): SystemDatabase<Tables> {
  const pool = connect<Tables>(options)
  return {
    transact: (work) => transact(pool, (transaction) => work(transaction as SystemTransaction<Tables>)),
    async ask(statement) {
      try {
        // Without `begin` it is no transaction to the driver; to PostgreSQL it is.
        return await statement(pool.database as unknown as SystemTransaction<Tables>)
      } catch (error) {
        return throwLoss(error)
      }
    },
    listen: (channel, heard) => listen(options, channel, heard),
    close: () => pool.database.destroy(),
  }
}

interface Pool<Tables> {
  readonly database: Kysely<Tables>
  /** How many of its connections may be lost at once. */
  readonly connections: number
}

function connect<Tables>({ url, connections, name }: DatabaseOptions): Pool<Tables> {
  const pool = new pg.Pool({ connectionString: url, max: connections, application_name: name })
  // An idle connection that the server closes is replaced at the next use; only a use can fail.
  pool.on('error', () => {})
  // One that is lost between two statements of a transaction is noticed by the second.
  pool.on('connect', (client) => client.on('error', () => {}))
  return { database: new Kysely<Tables>({ dialect: new PostgresDialect({ pool }) }), connections }
}

/** A connection that was lost while it lay idle costs nobody anything: no statement has run, so the next one serves. */
async function transact<Tables, Result>(
  { database, connections }: Pool<Tables>,
  work: (transaction: Transaction<Tables>) => Promise<Result>,
): Promise<Result> {
  for (let stale = 0; ; stale++) {
    let begun = false
    try {
      return await database.transaction().execute((transaction) => {
        begun = true
        return work(transaction)
      })
    } catch (error) {
      if (!isLoss(error)) throw error
      if (!begun && stale < connections && error.code !== 'ECONNREFUSED') continue
      throw new FlatRenderError('DATABASE_LOST', { reason: error.code ?? error.message }, { cause: error })
    }
  }
}
