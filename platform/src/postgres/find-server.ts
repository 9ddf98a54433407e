import { readFile } from 'node:fs/promises'
import path from 'node:path'
import { setTimeout } from 'node:timers/promises'
import pg from 'pg'
import { isProcessAlive } from '../files/is-process-alive.ts'
import { OWNER } from './create-cluster.ts'

/** Where a server of ours listens. */
export interface ServerAddress {
  readonly port: number
  readonly password: string
}

/** How a server is reached by the owner of everything. */
export function ownerUrl({ port, password }: ServerAddress, database = 'postgres'): string {
  return `postgres://${OWNER}:${encodeURIComponent(password)}@127.0.0.1:${port}/${database}`
}

/** A connection as the owner, shown by a name if it has one; one that is lost is noticed by who uses it next. */
export async function connectOwner(address: ServerAddress, name?: string): Promise<pg.Client> {
  const client = new pg.Client({
    connectionString: ownerUrl(address),
    connectionTimeoutMillis: 5000,
    application_name: name,
  })
  client.on('error', () => {})
  await client.connect()
  return client
}

/**
 * The port of a live server over this data folder: one that takes our password and says that the folder is its own.
 * Undefined where none runs, or something else lives at its number.
 */
export async function findServer(folder: string, password: string): Promise<number | undefined> {
  const [pid = '', , , line = ''] = (
    await readFile(path.join(folder, 'postmaster.pid'), 'utf8').catch(() => '')
  ).split('\n')
  const port = Number(line)
  if (!isProcessAlive(Number(pid)) || !(port > 0)) return undefined
  // Refused, silent or of another password: not a server that we may use.
  const client = await connectOwner({ port, password }).catch(() => undefined)
  if (client === undefined) return undefined
  try {
    const { rows } = await client.query<{ data_directory: string }>('show data_directory')
    return rows[0]?.data_directory === folder ? port : undefined
  } finally {
    await client.end()
  }
}

/** Why the server that runs over a folder is not to be used: what logging in there fails with. */
export async function explainRefusal(folder: string, password: string): Promise<unknown> {
  const line = (await readFile(path.join(folder, 'postmaster.pid'), 'utf8').catch(() => '')).split('\n')[3]
  const port = Number(line)
  if (!(port > 0)) return undefined
  try {
    await (await connectOwner({ port, password })).end()
    return undefined
  } catch (error) {
    return error
  }
}

/** What logging in fails with where a server is only starting or recovers (SQLSTATE), and where it doesn't listen yet. */
const STARTING = '57P03'
const NOT_LISTENING = 'ECONNREFUSED'
/** Milliseconds for which such a one is waited for, for one that doesn't listen, and between two looks. */
const PATIENCE = 60_000
const LISTENS_WITHIN = 5000
const PAUSE = 100

/** The port of the server that somebody else has begun to start over a folder, once it is up; undefined where none is. */
export async function awaitStarting(folder: string, password: string): Promise<number | undefined> {
  const begin = performance.now()
  for (let waited = 0; waited < PATIENCE; waited = performance.now() - begin) {
    const refusal = await explainRefusal(folder, password)
    if (refusal === undefined) return findServer(folder, password)
    const { code } = refusal as { code?: unknown }
    const isComing = code === STARTING || (code === NOT_LISTENING && waited < LISTENS_WITHIN)
    if (!isComing) return undefined
    await setTimeout(PAUSE)
  }
  return undefined
}
