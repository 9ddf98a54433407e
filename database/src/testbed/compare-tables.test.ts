import assert from 'node:assert/strict'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { after, before, test } from 'node:test'
import type { TestDatabase } from '@flatrender/platform/testkit'
import { compareTables } from './compare-tables.ts'
import { openTestDatabase } from './open-test-database.ts'

let database: TestDatabase
let folder: string
before(async () => {
  database = await openTestDatabase()
  folder = await mkdtemp(path.join(tmpdir(), 'flatrender-tables-'))
})
after(async () => {
  await database?.close()
  await rm(folder, { recursive: true, force: true })
})

const right = `
/** By what. */
type Hash = Buffer

interface RecoveryCodes {
  tenant_id: string
  id: Generated<string>
  user_id: string
  hash: Hash
  used_at: Date | null
  created_at: Generated<Date>
}

/** The tables. */
export interface Tables {
  readonly 'identity.recovery_codes': RecoveryCodes
}
`
const compare = async (from: string, to: string) => {
  const file = path.join(folder, 'tables.ts')
  assert.ok(right.includes(from))
  await writeFile(file, right.replace(from, to))
  return compareTables(database.urlOf('flatrender_identity'), file)
}

test('types that agree with the catalogue differ in nothing', async () => {
  assert.deepEqual(await compare('', ''), [])
})

test('every way to drift is told', async () => {
  const place = 'identity.recovery_codes'
  for (const [from, to, told] of [
    ['user_id: string', 'user_id: number', `${place}.user_id is string, not number`],
    ['hash: Hash', 'hash: Hash[]', `${place}.hash is Buffer, not Buffer[]`],
    ['used_at: Date | null', 'used_at: Date', `${place}.used_at may be null`],
    ['user_id: string', 'user_id: string | null', `${place}.user_id may not be null`],
    ['id: Generated<string>', 'id: string', `${place}.id is filled by the database`],
    ['user_id: string', 'user_id: Generated<string>', `${place}.user_id is not filled by the database`],
    ['used_at:', 'spent_at:', `there is no ${place}.spent_at`],
    ['  hash: Hash\n', '', `${place}.hash is needed by every insert`],
    [`'${place}'`, "'identity.recovery_words'", 'there is no table identity.recovery_words'],
  ] as const)
    assert.deepEqual(await compare(from, to), [told])
})

test('a form that is not understood is no agreement', async () => {
  await assert.rejects(compare('user_id: string', 'user_id?: string'), /no column/)
  await assert.rejects(compare(': RecoveryCodes\n', ': { id: string }\n'), /names no table/)
})
