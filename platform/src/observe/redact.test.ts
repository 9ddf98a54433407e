import assert from 'node:assert/strict'
import { randomBytes } from 'node:crypto'
import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { test } from 'node:test'
import { FlatRenderError } from '@flatrender/contracts/errors'
import { openLogger } from './open-logger.ts'

/** What a log wrote, as text and line by line. */
async function readLog(level: 'debug' | 'info', write: (log: ReturnType<typeof openLogger>) => void) {
  const folder = await mkdtemp(path.join(tmpdir(), 'flatrender-log-'))
  const destination = path.join(folder, 'log')
  try {
    const log = openLogger({ level, destination })
    write(log)
    await log.close()
    const text = await readFile(destination, 'utf8')
    return {
      text,
      lines: text
        .trim()
        .split('\n')
        .filter(Boolean)
        .map((line) => JSON.parse(line)),
    }
  } finally {
    await rm(folder, { recursive: true })
  }
}

const random = () => randomBytes(32).toString('base64url')

test('a line is JSON with time, level, message and fields; lower levels are left out', async () => {
  const { lines } = await readLog('info', (log) => {
    log.debug('too much')
    log.info('hello', { requestId: 'r', tenantId: 't', milliseconds: 3 })
  })
  assert.equal(lines.length, 1)
  const { time, pid, ...rest } = lines[0]
  assert.ok(Math.abs(Date.parse(time) - Date.now()) < 60_000)
  assert.equal(pid, process.pid)
  assert.deepEqual(rest, { level: 'info', msg: 'hello', requestId: 'r', tenantId: 't', milliseconds: 3 })
})

test('an error comes with its stack, cause and fields', async () => {
  const { lines } = await readLog('info', (log) => {
    const cause = Object.assign(new Error('refused'), { code: 'ECONNREFUSED', port: 5432 })
    log.error('it broke', { error: new FlatRenderError('DATABASE_LOST', { reason: 'gone' }, { cause }) })
  })
  const { error } = lines[0]
  assert.equal(error.code, 'DATABASE_LOST')
  assert.match(error.stack, /redact\.test\.ts/)
  assert.deepEqual(
    [error.cause.code, error.cause.port, error.cause.message],
    ['ECONNREFUSED', 5432, 'refused'],
  )
})

test('no credential is in a log, whichever way it comes there', async () => {
  const secrets = {
    bearer: `Bearer ${random()}`,
    basic: `Basic ${Buffer.from('ada:lovelace1').toString('base64')}`,
    key: `fr_live_abcdefgh_${random()}`,
    refresh: `frr_${random()}`,
    mailed: `frv_${random()}`,
    webhook: `whsec_${randomBytes(32).toString('base64')}`,
    jwt: `eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxIn0.${random()}`,
    password: 'under the old bridge',
    hash: `$argon2id$v=19$m=65536$${random()}`,
    code: '492817',
    url: 'postgres://owner:sesame-street@db.example/x',
    cookie: 'session=abc123def456',
    sealed: random(),
  }
  const { bearer, basic, key, refresh, mailed, webhook, jwt, password, hash, code, url, cookie, sealed } =
    secrets
  const says = `with ${bearer}, ${basic}, ${key}, ${refresh}, ${mailed}, ${webhook}, ${jwt}, ${hash}, code ${code}, ${url}, cookie: ${cookie}`
  const { text, lines } = await readLog('debug', (log) => {
    const cause = Object.assign(new Error(`the inner one ${says}`), {
      code: '23514',
      detail: `Failing row contains (1, ada, ${password}, ${hash}).`,
      parameters: [password, code],
      request: { headers: { authorization: bearer, cookie, 'set-cookie': [cookie], 'x-api-key': key } },
    })
    const error = Object.assign(new Error(`it broke ${says}`, { cause }), {
      code,
      body: { email: 'ada@example.org', password },
      input: { newPassword: password },
      secretKey: sealed,
      config: { accessToken: sealed, refresh_token: sealed, keys: [sealed], signing: { privateKey: sealed } },
    })
    log.error(says, { error })
    log.debug('fields', { authorization: bearer, list: [{ totpSecret: sealed, code: Number(code) }], url })
    log.info('many', { error: new AggregateError([error], `password=${sealed}`) })
  })
  for (const [name, secret] of Object.entries(secrets)) {
    const bare = secret.replace(/^(Bearer|Basic) /, '').replace(/^.*:\/\/owner:|@db.*$/g, '')
    assert.ok(!text.includes(bare), `${name} is in the log`)
  }
  assert.equal(lines.length, 3)
  assert.equal(lines[0].error.cause.code, '23514')
  assert.match(text, /postgres:\/\/owner:\*\*\*@db\.example/)
})

test('what has no end, or is huge, is cut', async () => {
  const round: Record<string, unknown> = { text: 'x'.repeat(100_000), bytes: Buffer.alloc(1_000_000) }
  round.self = round
  const { text, lines } = await readLog('info', (log) => log.info('round', { round, big: 1n }))
  assert.ok(text.length < 100_000)
  assert.equal(lines[0].round.bytes, '1000000 bytes')
})

test('a file that can’t be written is said at once', () => {
  assert.throws(() => openLogger({ level: 'info', destination: '/nowhere/at/all/log' }), {
    code: 'OUTPUT_UNWRITABLE',
  })
})
