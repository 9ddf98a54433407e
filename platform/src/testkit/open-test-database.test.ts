import assert from 'node:assert/strict'
import { randomBytes } from 'node:crypto'
import { test } from 'node:test'
import pg from 'pg'
import { openTestDatabase } from './open-test-database.ts'

async function ask(url: string, question: string): Promise<unknown[]> {
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  try {
    return (await client.query(question)).rows
  } finally {
    await client.end()
  }
}

let made = 0
const schema = {
  version: randomBytes(8).toString('hex'),
  async prepare(ownerUrl: string) {
    made++
    await ask(ownerUrl, 'create table notes (words text)')
  },
  passwordOf: () => 'never asked',
}
/** Templates stay for the next run; these have none. */
async function forget(url: string, template: string) {
  await ask(url, `alter database ${template} is_template false`)
  await ask(url, `drop database ${template}`)
}

const databases = async (url: string) =>
  (await ask(url, 'select datname from pg_database')).map((row) => (row as { datname: string }).datname)

test('many get a copy each of what was made once, and leave none behind', async () => {
  const [one, two] = await Promise.all([openTestDatabase(schema), openTestDatabase(schema)])
  assert.equal(made, 1)
  await ask(one.ownerUrl, "insert into notes values ('mine')")
  assert.deepEqual(await ask(two.ownerUrl, 'select * from notes'), [])
  await one.close()
  assert.ok(!(await databases(two.ownerUrl)).includes(new URL(one.ownerUrl).pathname.slice(1)))
  await two.close()
  await assert.rejects(ask(two.ownerUrl, 'select 1'))
})

test('what a dead process left goes with the next that comes, a half-made template too', async () => {
  const [left, half] = ['test_999999999_0', `template_${randomBytes(8).toString('hex')}`]
  const first = await openTestDatabase(schema)
  for (const name of [left, half]) await ask(first.ownerUrl, `create database ${name}`)
  const second = await openTestDatabase({ ...schema, version: half.slice('template_'.length) })
  assert.ok(!(await databases(second.ownerUrl)).includes(left))
  assert.deepEqual(await ask(second.ownerUrl, 'select * from notes'), [])
  await first.close()
  await forget(second.ownerUrl, half)
  await forget(second.ownerUrl, `template_${schema.version}`)
  await second.close()
})
