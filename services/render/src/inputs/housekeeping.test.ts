import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { after, before, test } from 'node:test'
import { DEFAULT_TENANT_ID } from '@flatrender/contracts/call'
import { sql } from 'kysely'
import { openTestbed, type Testbed } from '../testbed/open-testbed.ts'
import { keepInput } from './keep-input.ts'
import { removeOrphans } from './remove-orphans.ts'
import { removeUnusedInputs } from './remove-unused-inputs.ts'

const tenantId = DEFAULT_TENANT_ID
const A_DAY = 86_400_000

let testbed: Testbed
before(async () => {
  testbed = await openTestbed()
})
after(() => testbed?.close())

const keep = (words: string, holderId: string = randomUUID()) =>
  keepInput(
    testbed.render,
    { tenantId, content: Buffer.from(words), extension: '.json', contentType: 'application/json' },
    { tenantId, holderId },
  )

async function listKeys(): Promise<string[]> {
  const keys: string[] = []
  for await (const { key } of testbed.render.storage.list('render/')) keys.push(key)
  return keys.toSorted()
}

test('one content is stored once, also when many store it at the same time', async () => {
  const rows = await Promise.all(Array.from({ length: 6 }, () => keep('the same')))
  assert.equal(new Set(rows.map(({ id }) => id)).size, 1)
  assert.deepEqual(await listKeys(), [rows[0]!.object_key])
  const pins = await testbed.ask(sql`select from render.input_pins`)
  assert.equal(pins.length, 6)
})

test('a file that a render counts on stays, however old; one that nobody does goes with its row', async () => {
  const kept = await keep('counted on')
  await testbed.ask(sql`update render.inputs set last_used_at = now() - interval '1 year'`)
  await removeUnusedInputs(testbed.render)
  assert.ok((await listKeys()).includes(kept.object_key))
  await testbed.ask(sql`delete from render.input_pins`)
  await removeUnusedInputs(testbed.render)
  assert.deepEqual(await listKeys(), [])
  assert.deepEqual(await testbed.ask(sql`select from render.inputs`), [])
})

test('what no row names is removed once no address can bring it any more', async () => {
  const { object_key } = await keep('named')
  const orphan = `render/${tenantId}/segments/orphan`
  await testbed.render.storage.put(orphan, Buffer.from('nobody’s'))
  await removeOrphans(testbed.render)
  assert.deepEqual(await listKeys(), [object_key, orphan].toSorted())
  await removeOrphans(testbed.render, Date.now() + A_DAY)
  assert.deepEqual(await listKeys(), [object_key])
})
