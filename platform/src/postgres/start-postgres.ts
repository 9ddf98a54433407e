import { readFile, realpath } from 'node:fs/promises'
import { createServer } from 'node:net'
import path from 'node:path'
import { FlatRenderError, isFlatRenderError } from '@flatrender/contracts/errors'
import type { Client } from 'pg'
import { makeFolder } from '../files/make-folder.ts'
import { clearZombie } from './clear-zombie.ts'
import { createCluster } from './create-cluster.ts'
import { awaitStarting, connectOwner, explainRefusal, findServer, ownerUrl } from './find-server.ts'
import { holdLock } from './hold-lock.ts'
import { isAlone, PRESENCE } from './is-alone.ts'
import { runProgram } from './run-program.ts'

/** An embedded server: where its data lie, and its owner's password. */
export interface PostgresOptions {
  /** Absolute path. */
  readonly folder: string
  readonly password: string
  /** Does what was committed survive a power cut? Only tests do without. */
  readonly durable: boolean
  /** Stops waiting for others. */
  readonly signal?: AbortSignal
}

/** A server that runs. If this process dies it lives on, for the next to adopt. */
export interface PostgresServer {
  readonly port: number
  /** Did it run already? */
  readonly adopted: boolean
  /** The owner's address of a database. */
  url(database?: string): string
  /** Resolves when our connection to it ends: it was left, or it is gone. */
  readonly lost: Promise<void>
  /** Leaves it: whoever leaves last stops it. */
  close(): Promise<void>
}

/** Another process may take the port that was free a moment ago. */
const START_ATTEMPTS = 5

/**
 * Starts the PostgreSQL that comes with us on a free port of this machine, or adopts the one that already runs over the
 * folder. Many processes may ask at once: one starts it. Errors: POSTGRES_UNAVAILABLE, POSTGRES_FAILED.
 */
export async function startPostgres({
  folder,
  password,
  durable,
  signal,
}: PostgresOptions): Promise<PostgresServer> {
  const lock = `${folder}.lock`
  await makeFolder(path.dirname(folder))
  return holdLock(lock, signal, async () => {
    await createCluster(folder, password)
    const data = await realpath(folder)
    const running = await findServer(data, password)
    const port = running ?? (await start(data, { durable, password }))
    // Whoever uses the server holds a connection to it: they are counted by it, and the dead leave by themselves.
    const presence = await connectOwner({ port, password }, PRESENCE).catch(async (cause: Error) => {
      // What nobody uses must not stay behind.
      if (running === undefined) await stop(data)
      throw new FlatRenderError('POSTGRES_FAILED', { program: 'login', reason: cause.message }, { cause })
    })
    const lost = new Promise<void>((resolve) => presence.once('end', resolve))
    return {
      lost,
      port,
      adopted: running !== undefined,
      url: (database) => ownerUrl({ port, password }, database),
      close: () => holdLockToLeave(lock, () => leave(presence, data)),
    }
  })
}

async function leave(presence: Client, data: string): Promise<void> {
  const isLast = await isAlone(presence)
  await presence.end()
  if (isLast) await stop(data)
}

function stop(data: string): Promise<void> {
  return runProgram('pg_ctl', [`--pgdata=${data}`, '--mode=fast', '--wait', 'stop'])
}

/** On a disk that is full nobody can take a lock, so nobody can begin to use what is being left either. */
async function holdLockToLeave(lock: string, work: () => Promise<void>): Promise<void> {
  let begun = false
  try {
    await holdLock(lock, undefined, () => {
      begun = true
      return work()
    })
  } catch (error) {
    if (begun || isFlatRenderError(error)) throw error
    await work()
  }
}

async function start(
  folder: string,
  { durable, password }: Pick<PostgresOptions, 'durable' | 'password'>,
): Promise<number> {
  const before = await readLastPort(folder)
  await clearZombie(folder)
  const log = `${folder}.log`
  for (let attempt = 1; ; attempt++) {
    // At the port that it had, those who knew it find it again.
    const port = (attempt === 1 ? await findFreePort(before) : undefined) ?? (await findFreePort(0)) ?? 0
    const settings = {
      port,
      listen_addresses: '127.0.0.1',
      unix_socket_directories: '',
      ...(!durable && { fsync: 'off', synchronous_commit: 'off', full_page_writes: 'off' }),
    }
    const options = Object.entries(settings).map(([name, value]) => `-c ${name}=${value}`)
    try {
      await runProgram('pg_ctl', [
        `--pgdata=${folder}`,
        '--wait',
        '--timeout=60',
        `--log=${log}`,
        `--options=${options.join(' ')}`,
        'start',
      ])
      return port
    } catch (error) {
      if (attempt === START_ATTEMPTS || !isFlatRenderError(error, 'POSTGRES_FAILED')) throw error
      // Whoever began to start it may have died over that, and it comes up all the same.
      const begun = await awaitStarting(folder, password)
      if (begun !== undefined) return begun
      const said = (await readFile(log, 'utf8').catch(() => '')).trimEnd().split('\n').slice(-5).join(' / ')
      if (!/address already in use|could not bind/i.test(said))
        throw new FlatRenderError(
          'POSTGRES_FAILED',
          { program: 'postgres', reason: said },
          { cause: (await explainRefusal(folder, password)) ?? error },
        )
    }
  }
}

/** The port of the server that ran over this folder before; 0 if none did. */
async function readLastPort(folder: string): Promise<number> {
  const options = await readFile(path.join(folder, 'postmaster.opts'), 'utf8').catch(() => '')
  return Number(/port=(\d+)/.exec(options)?.[1] ?? 0)
}

/** This port, or any for 0; undefined if somebody else has it. */
function findFreePort(wanted: number): Promise<number | undefined> {
  return new Promise((resolve) => {
    const server = createServer().once('error', () => resolve(undefined))
    server.listen(wanted, '127.0.0.1', () => {
      const { port } = server.address() as { port: number }
      server.close(() => resolve(port))
    })
  })
}
