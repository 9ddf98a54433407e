import assert from 'node:assert/strict'
import { execFile } from 'node:child_process'
import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { after, before, test } from 'node:test'
import { promisify } from 'node:util'
import { isFlatRenderError } from '@flatrender/contracts/errors'
import pg from 'pg'
import { isProcessAlive, readStartTime } from '../files/is-process-alive.ts'
import { runProgram } from './run-program.ts'
import { type PostgresServer, startPostgres } from './start-postgres.ts'

let home: string
let server: PostgresServer | undefined
before(async () => {
  home = await mkdtemp(path.join(tmpdir(), 'flatrender-postgres-'))
})
after(async () => {
  await server?.close()
  await rm(home, { recursive: true, force: true })
})

const open = (name: string, password = 'a pass/word') =>
  startPostgres({ folder: path.join(home, name), password, durable: true })

async function ask(url: string, question: string): Promise<unknown> {
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  try {
    const { rows } = await client.query<unknown[]>({ text: question, rowMode: 'array' })
    return rows[0]?.[0]
  } finally {
    await client.end()
  }
}

const pidOf = async (name: string) =>
  Number((await readFile(path.join(home, name, 'postmaster.pid'), 'utf8')).split('\n')[0])

test('a folder becomes a server of PostgreSQL 18, which is adopted as long as it lives', async () => {
  server = await open('data')
  assert.equal(server.adopted, false)
  assert.match(String(await ask(server.url(), 'show server_version')), /^18\./)
  assert.equal(await ask(server.url(), 'show listen_addresses'), '127.0.0.1')
  const again = await open('data')
  assert.deepEqual([again.adopted, again.port], [true, server.port])
  // Who leaves before others stops nothing.
  await again.close()
  assert.equal(await ask(server.url(), 'select 1'), 1)
})

test('after kill -9 it starts again and what was committed is there', async () => {
  await ask(server!.url(), "create table kept as select 'yes' as word")
  process.kill(await pidOf('data'), 'SIGKILL')
  server = await open('data')
  assert.equal(server.adopted, false)
  assert.equal(await ask(server.url(), 'select word from kept'), 'yes')
})

test('a server that another began to start before it died is waited for', async () => {
  const folder = path.join(home, 'data')
  process.kill(await pidOf('data'), 'SIGKILL')
  // What a process leaves behind that is killed while it starts the server.
  const begin = ['pg_ctl', [`--pgdata=${folder}`, `--options=-c port=${server!.port}`, 'start']] as const
  // Which of the two comes too late is told that it does.
  const begun = runProgram(...begin).catch(() => {})
  server = await open('data')
  await begun
  assert.equal(await ask(server.url(), 'select word from kept'), 'yes')
})

test('of many processes that ask at once, one starts it', async () => {
  const script = `
    import { startPostgres } from ${JSON.stringify(new URL('./start-postgres.ts', import.meta.url))}
    const { port, adopted } = await startPostgres({ folder: process.argv[1], password: 'x', durable: false })
    console.log(JSON.stringify([port, adopted]))
    process.exit(0)`
  const ask = async () => {
    const args = ['--input-type=module-typescript', '-e', script, path.join(home, 'many')]
    const { stdout } = await promisify(execFile)(process.execPath, args, { cwd: import.meta.dirname })
    return JSON.parse(stdout) as [number, boolean]
  }
  const answers = await Promise.all([ask(), ask(), ask(), ask()])
  assert.equal(new Set(answers.map(([port]) => port)).size, 1)
  assert.equal(answers.filter(([, adopted]) => !adopted).length, 1)
  await (await open('many', 'x')).close()
})

test('a server that doesn’t take our password is not ours', async () => {
  await assert.rejects(open('data', 'another'), (error) => isFlatRenderError(error, 'POSTGRES_FAILED'))
})

test('a pid that belongs to something else is no server', async () => {
  await (await open('stale')).close()
  await writeFile(path.join(home, 'stale', 'postmaster.pid'), `${process.pid}\n\n\n1\n`)
  const found = await open('stale')
  assert.equal(found.adopted, false)
  await found.close()
})

test('a lock that was left empty, by the dead or under a number that came round again, is taken', async () => {
  for (const left of ['', '999999999 1', `${process.pid} 1`]) {
    await writeFile(path.join(home, 'left.lock'), left)
    await (await open('left')).close()
  }
})

test('who waits for a lock can be told to stop', async () => {
  const lock = path.join(home, 'held.lock')
  await writeFile(lock, `${process.pid} ${readStartTime(process.pid)}`)
  const signal = AbortSignal.timeout(200)
  const waiting = startPostgres({ folder: path.join(home, 'held'), password: 'x', durable: false, signal })
  await assert.rejects(waiting, { name: 'AbortError' })
  await rm(lock)
})

test('what a killed attempt left is removed', async () => {
  await mkdir(path.join(home, 'torn.new-1234'))
  await writeFile(path.join(home, 'torn.new-1234.password'), 'secret')
  await (await open('torn')).close()
})

test('who leaves right after closing their own connections stops it, every time', async () => {
  for (let run = 0; run < 10; run++) {
    const brief = await startPostgres({ folder: path.join(home, 'brief'), password: 'x', durable: false })
    const pool = new pg.Pool({ connectionString: brief.url(), max: 8 })
    await Promise.all(Array.from({ length: 8 }, () => pool.query('select pg_sleep(0.01)')))
    const pid = await pidOf('brief')
    // It resolves before the connections have ended.
    await pool.end()
    await brief.close()
    assert.equal(isProcessAlive(pid), false, `run ${run} left it running`)
  }
})

test('nothing unfinished and no password lies about', async () => {
  assert.deepEqual(
    (await readdir(home)).filter((name) => /new|password|lock/.test(name)),
    [],
  )
})
