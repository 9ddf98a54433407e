import assert from 'node:assert/strict'
import { truncate } from 'node:fs/promises'
import path from 'node:path'
import { text } from 'node:stream/consumers'
import { after, before, test } from 'node:test'
import { type Call, DEFAULT_TENANT_ID } from '@flatrender/contracts/call'
import { serveSigned } from '@flatrender/platform/storage'
import { sql } from 'kysely'
import { asSystem, callOf, isCode, openTestbed, STARTERS, type Testbed } from '../testbed/open-testbed.ts'

let testbed: Testbed
before(async () => {
  testbed = await openTestbed()
  await testbed.publishStarters(STARTERS)
})
after(() => testbed?.close())

const versionOf = async (id: string) =>
  (await testbed.client.templates.show({ id }, { context: callOf() })).versionId
const packageOf = (versionId: string, call: Call = asSystem(callOf())) =>
  testbed.client.versions.packageOf({ versionId }, { context: call })

test('the address opens the package under a name of its own, for whoever has it, until it expires', async () => {
  const id = await versionOf('logo-reveal')
  const { url, bytes, expiresAt } = await testbed.client.versions.package({ id }, { context: callOf() })
  const left = Date.parse(expiresAt) - Date.now()
  assert.ok(left > 0 && left <= 15 * 60_000)
  const { storage } = testbed.deps
  const { secretKeys } = testbed
  const ask = (address: string, method = 'GET') =>
    serveSigned({ storage, secretKeys }, { method, url: address.replace(/^\/files/, ''), headers: {} })
  const answer = await ask(url)
  assert.equal(answer.status, 200)
  assert.equal(answer.headers['content-length'], String(bytes))
  assert.match(answer.headers['content-disposition'] ?? '', /logo-reveal-1\.0\.0\.lottie/)
  answer.stream?.destroy()
  await assert.rejects(ask(url.replace(/expires=\d/, 'expires=9')), isCode('STORED_ADDRESS_INVALID'))
  await assert.rejects(ask(url, 'PUT'), isCode('STORED_ADDRESS_INVALID'))
})

test('where a package is stored other services alone are told, in the tenant that they act for', async () => {
  const versionId = await versionOf('logo-reveal')
  await assert.rejects(packageOf(versionId, callOf()), isCode('ACCESS_FORBIDDEN'))
  const shop = callOf('00000000-0000-7000-8000-0000000000a1', [DEFAULT_TENANT_ID])
  assert.equal(
    (await packageOf(versionId, asSystem(shop))).storageKey,
    (await packageOf(versionId)).storageKey,
  )
  const { tenantId, shared } = await packageOf(versionId, asSystem(shop))
  assert.deepEqual({ tenantId, shared }, { tenantId: DEFAULT_TENANT_ID, shared: true })
  const stranger = asSystem(callOf('00000000-0000-7000-8000-0000000000a1'))
  await assert.rejects(packageOf(versionId, stranger), isCode('VERSION_UNKNOWN'))
})

test('a retired version is still handed out: videos are made of it', async () => {
  const versionId = await versionOf('kinetic-quote')
  await testbed.ask(sql`update content.template_versions set state = 'retired', retired_at = now()
    where id = ${versionId}`)
  assert.ok((await packageOf(versionId)).bytes > 0)
})

test('a damaged package is a failure in words, whether it is other, cut off or gone', async () => {
  const { storage } = testbed.deps
  const versionId = await versionOf('story-slides')
  const id = versionId
  const { storageKey, bytes } = await packageOf(versionId)
  const refused = async (reason: RegExp) => {
    await assert.rejects(packageOf(versionId), { code: 'PACKAGE_DAMAGED', message: reason })
    await assert.rejects(
      testbed.client.versions.package({ id }, { context: callOf() }),
      isCode('PACKAGE_DAMAGED'),
    )
  }
  await storage.put(storageKey, Buffer.alloc(bytes))
  await refused(/its SHA-256 is another/)
  await storage.put(storageKey, Buffer.alloc(bytes - 1))
  await refused(/not \d+\.$/)
  const [file = ''] = await filesOf(storageKey)
  await truncate(file, 10)
  await refused(/cannot be read/)
  await storage.delete(storageKey)
  await refused(/there is no file/)
  // What other versions have is untouched.
  const whole = await packageOf(await versionOf('product-promo'))
  await text((await storage.get(whole.storageKey)).stream)
})

async function filesOf(key: string): Promise<string[]> {
  return [path.join(testbed.home, 'storage', 'files', `${key}~`)]
}
