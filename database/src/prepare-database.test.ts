import assert from 'node:assert/strict'
import { randomBytes } from 'node:crypto'
import { after, before, test } from 'node:test'
import { isFlatRenderError } from '@flatrender/contracts/errors'
import { changeUrl, withClient } from './connect.ts'
import { listMigrations } from './list-migrations.ts'
import { prepareDatabase } from './prepare-database.ts'
import { printRoles } from './print-roles.ts'
import { derivePassword } from './role-password.ts'
import { serviceRoles } from './service-roles.ts'
import { openServer, type TestServer } from './testbed/open-server.ts'

const secretKey = randomBytes(32)
let server: TestServer
before(async () => {
  server = await openServer()
})
after(() => server.close())

const prepare = (database: string) => prepareDatabase({ ownerUrl: server.url(database), secretKey })

async function ask(url: string, question: string, values: unknown[] = []): Promise<unknown[][]> {
  return withClient(url, async (client) => {
    const { rows } = await client.query<unknown[]>({ text: question, values, rowMode: 'array' })
    return rows
  })
}

test('a database is made from nothing, and the second time changes nothing', async () => {
  const names = (await listMigrations()).map(({ name }) => name)
  assert.deepEqual(await prepare('flatrender'), names)
  const seen = await ask(server.url('flatrender'), 'select * from platform.migrations order by name')
  assert.deepEqual(await prepare('flatrender'), [])
  assert.deepEqual(
    await ask(server.url('flatrender'), 'select * from platform.migrations order by name'),
    seen,
  )
})

test('many that start at once make it once', async () => {
  const runs = await Promise.all(Array.from({ length: 5 }, () => prepare('many')))
  assert.equal(runs.filter((names) => names.length > 0).length, 1)
})

test('every service logs in with a password that follows from the secret key, and with no other', async () => {
  for (const role of serviceRoles) {
    const password = derivePassword(secretKey, role)
    const url = changeUrl(server.url('flatrender'), { user: role, password })
    assert.deepEqual(await ask(url, 'select current_user::text'), [[role]])
  }
  const wrong = changeUrl(server.url('flatrender'), { user: 'flatrender_identity', password: 'x' })
  await assert.rejects(ask(wrong, 'select 1'), (error) => isFlatRenderError(error, 'DATABASE_UNREACHABLE'))
})

test('another installation in the same cluster keeps its passwords: who has another key is refused before anything is made', async () => {
  const theirs = randomBytes(32)
  const logIn = (database: string, key: Buffer) =>
    ask(
      changeUrl(server.url(database), {
        user: 'flatrender_identity',
        password: derivePassword(key, 'flatrender_identity'),
      }),
      'select 1',
    )
  const ownerUrl = server.url('second')
  await assert.rejects(prepareDatabase({ ownerUrl, secretKey: theirs }), (error) => {
    assert.ok(isFlatRenderError(error, 'DATABASE_ROLES_TAKEN'))
    assert.deepEqual(error.data.databases, ['flatrender', 'many'])
    assert.match(error.remedy, /--take-roles/)
    return true
  })
  await assert.rejects(ask(ownerUrl, 'select 1'), /does not exist/)
  await logIn('flatrender', secretKey)
  // With the same key both work.
  await prepareDatabase({ ownerUrl, secretKey })
  await logIn('second', secretKey)
  // A key that was changed knows the one before it, half-way too.
  const half = 'flatrender_content'
  await ask(ownerUrl, `alter role ${half} password '${derivePassword(theirs, half)}'`)
  await prepareDatabase({ ownerUrl, secretKey: theirs, formerKeys: [secretKey] })
  await logIn('second', theirs)
  // Who says so locks the others out.
  await prepareDatabase({ ownerUrl: server.url('flatrender'), secretKey, takeRoles: true })
  await logIn('flatrender', secretKey)
  await assert.rejects(logIn('second', theirs), /password/)
})

test('a file that changed since it was run is told, and nothing is touched', async () => {
  await ask(
    server.url('flatrender'),
    "update platform.migrations set checksum = 'other' where name = '00_setup'",
  )
  await assert.rejects(prepare('flatrender'), (error) => {
    assert.ok(isFlatRenderError(error, 'DATABASE_OUTDATED'))
    assert.match(error.remedy, /init-db --reset/)
    return true
  })
})

test('an owner without the right to create roles is told what to do, and then it works', async () => {
  const fresh = await openServer()
  try {
    await ask(fresh.url('postgres'), "create role alone login password 'alone'")
    await ask(fresh.url('postgres'), 'create database alone owner alone')
    const alone = changeUrl(fresh.url('alone'), { user: 'alone', password: 'alone' })
    await assert.rejects(prepareDatabase({ ownerUrl: alone, secretKey }), (error) => {
      assert.ok(isFlatRenderError(error, 'DATABASE_ROLES_MISSING'))
      assert.match(error.remedy, /--print-roles/)
      return true
    })
    await ask(fresh.url('postgres'), printRoles(secretKey))
    assert.equal(
      (await prepareDatabase({ ownerUrl: alone, secretKey })).length,
      (await listMigrations()).length,
    )
  } finally {
    await fresh.close()
  }
})

test('a server that isn’t there is told without a password', async () => {
  const ownerUrl = 'postgres://me:hidden@127.0.0.1:1/nowhere'
  await assert.rejects(prepareDatabase({ ownerUrl, secretKey }), (error) => {
    assert.ok(isFlatRenderError(error, 'DATABASE_UNREACHABLE'))
    assert.doesNotMatch(JSON.stringify(error.data) + error.message, /hidden/)
    return true
  })
})
