import assert from 'node:assert/strict'
import { execFile } from 'node:child_process'
import { existsSync } from 'node:fs'
import { chown, mkdtemp, readdir, readFile, rm } from 'node:fs/promises'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { test } from 'node:test'
import { promisify } from 'node:util'
import { withClient } from './connect.ts'
import { describeSchema } from './describe-schema.ts'

/** Where Debian keeps the oldest PostgreSQL that we run on. */
const PROGRAMS = '/usr/lib/postgresql/15/bin'
const MIGRATIONS = path.join(import.meta.dirname, '../migrations')
const reference = new URL('../../docs/reference/schema.sql', import.meta.url)
const run = promisify(execFile)

/** PostgreSQL refuses root: then it runs as the user that Debian made for it. */
async function findUser(): Promise<{ uid: number; gid: number } | undefined> {
  if (process.getuid?.() !== 0) return undefined
  const [uid, gid] = await Promise.all(
    ['-u', '-g'].map(async (what) => (await run('id', [what, 'postgres'])).stdout),
  )
  return { uid: Number(uid), gid: Number(gid) }
}

async function openDebianServer(): Promise<{ url(database: string): string; close(): Promise<void> }> {
  const folder = await mkdtemp(path.join(tmpdir(), 'flatrender-debian-'))
  const user = await findUser()
  if (user !== undefined) await chown(folder, user.uid, user.gid)
  const runAsPostgres = (program: string, ...args: string[]) =>
    run(path.join(PROGRAMS, program), args, { cwd: '/', ...user })
  const port = await new Promise<number>((resolve) => {
    const probe = createServer().listen(0, '127.0.0.1', () => {
      const { port: free } = probe.address() as { port: number }
      probe.close(() => resolve(free))
    })
  })
  const data = path.join(folder, 'data')
  await runAsPostgres(
    'initdb',
    `--pgdata=${data}`,
    '--username=owner',
    '--auth=trust',
    '--encoding=UTF8',
    '--locale=C',
  )
  const options = `-c port=${port} -c listen_addresses=127.0.0.1 -c unix_socket_directories= -c fsync=off`
  await runAsPostgres(
    'pg_ctl',
    `--pgdata=${data}`,
    '--wait',
    `--log=${folder}/log`,
    `--options=${options}`,
    'start',
  )
  return {
    url: (database) => `postgres://owner@127.0.0.1:${port}/${database}`,
    async close() {
      await runAsPostgres('pg_ctl', `--pgdata=${data}`, '--mode=fast', '--wait', 'stop')
      await rm(folder, { recursive: true, force: true })
    },
  }
}

test('with Debian’s PostgreSQL 15 and its psql the files make the very schema of the reference', {
  skip: existsSync(path.join(PROGRAMS, 'initdb')) ? false : 'no PostgreSQL 15 of Debian is installed',
}, async () => {
  const server = await openDebianServer()
  try {
    await withClient(server.url('postgres'), (client) => client.query('create database flatrender'))
    const url = server.url('flatrender')
    for (const file of (await readdir(MIGRATIONS)).sort())
      await run(path.join(PROGRAMS, 'psql'), [
        '--set=ON_ERROR_STOP=1',
        '--quiet',
        '--no-psqlrc',
        `--dbname=${url}`,
        `--file=${path.join(MIGRATIONS, file)}`,
      ])
    const described = await withClient(url, describeSchema)
    assert.ok(described === (await readFile(reference, 'utf8')), 'PostgreSQL 15 describes another schema')
  } finally {
    await server.close()
  }
})
