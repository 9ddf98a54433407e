import path from 'node:path'
import { FlatRenderError, isFlatRenderError } from '@flatrender/contracts/errors'
import { guardHome } from '../files/guard-home.ts'
import { keepPostgres } from './keep-postgres.ts'
import { renewPassword } from './renew-password.ts'
import { startPostgres } from './start-postgres.ts'

/** Which database is wanted: the one at an address, or without one the server that comes along. */
export interface OwnerOptions {
  readonly databaseUrl: string | undefined
  /** The installation's folder; the server that comes along keeps its data in `postgres` there. */
  readonly home: string
  /** With which the owner of that server logs in. */
  readonly passwordOf: (role: string) => string
  /** With which it logged in before, and what the server is to keep of the present password: for a key that is changed. */
  readonly former?: {
    readonly passwordsOf: (role: string) => readonly string[]
    readonly verifierOf: (role: string) => string
  }
  readonly signal: AbortSignal
  /** Hears when the server that comes along has died: it is started again. Without it, it isn't. */
  readonly onLost?: (reason: Error) => void
}

/** The owner's way into the database. */
export interface Owner {
  readonly ownerUrl: string
  /** Is it the server that comes along? */
  readonly embedded: boolean
  /** Leaves the database: a server that nobody else uses is stopped. */
  close(): Promise<void>
}

/** The role, and the database, that own everything in the server that comes along. */
const EMBEDDED = 'flatrender'

/** SQLSTATE of a wrong password. */
const WRONG_PASSWORD = '28P01'

/**
 * Finds the database, or starts it. Errors: POSTGRES_UNAVAILABLE, POSTGRES_FAILED, SECRET_KEY_DIFFERS, HOME_UNUSABLE,
 * HOME_DISK_FULL.
 */
export async function openOwner(options: OwnerOptions): Promise<Owner> {
  const { databaseUrl, home, passwordOf, signal, onLost, former } = options
  if (databaseUrl !== undefined) return { ownerUrl: databaseUrl, embedded: false, close: async () => {} }
  const folder = path.join(home, 'postgres')
  const server = { folder, password: passwordOf(EMBEDDED), durable: true, signal }
  const begin = () => (onLost === undefined ? startPostgres(server) : keepPostgres(server, onLost))
  const { url, close } = await guardHome(home, () =>
    begin().catch(async (error: unknown) => {
      if (!isWrongPassword(error)) throw error
      const passwords = former?.passwordsOf(EMBEDDED) ?? []
      const verifier = former?.verifierOf(EMBEDDED) ?? ''
      if (await renewPassword(server, EMBEDDED, { passwords, verifier })) return begin()
      throw new FlatRenderError('SECRET_KEY_DIFFERS', { folder }, { cause: error })
    }),
  )
  return { ownerUrl: url(EMBEDDED), embedded: true, close }
}

function isWrongPassword(error: unknown): boolean {
  return (
    isFlatRenderError(error, 'POSTGRES_FAILED') &&
    (error.cause as { code?: string } | undefined)?.code === WRONG_PASSWORD
  )
}
