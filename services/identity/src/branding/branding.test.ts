import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import type { Call } from '@flatrender/contracts/call'
import { sql } from 'kysely'
import { enterAsOwner, openTenant, openTestbed, type Testbed, visit } from '../testbed/open-testbed.ts'

let testbed: Testbed
let owner: Call
let shop: Awaited<ReturnType<typeof openTenant>>
before(async () => {
  testbed = await openTestbed()
  owner = await enterAsOwner(testbed)
  shop = await openTenant(testbed, owner, 'reseller', 'shop')
})
after(() => testbed?.close())

const change = (by: Call, input: Parameters<Testbed['client']['branding']['change']>[0]) =>
  testbed.client.branding.change(input, { context: by })
const show = (by: Call) => testbed.client.branding.show({}, { context: by })

const plain = {
  colors: {},
  termsUrl: null,
  privacyUrl: null,
  supportUrl: null,
  hidesPlatform: false,
  mailSenderName: null,
  mailSenderAddress: null,
  allowedOrigins: [],
  domain: null,
}

test('a tenant looks plain until it says otherwise, and changes what it sends alone', async () => {
  assert.deepEqual(await show(shop.call), plain)
  await change(shop.call, { colors: { primary: '#1a2b3c' }, mailSenderName: 'The shop' })
  const after = await change(shop.call, { hidesPlatform: true, supportUrl: 'https://shop.example.com/help' })
  const expected = {
    ...plain,
    colors: { primary: '#1a2b3c' },
    mailSenderName: 'The shop',
    hidesPlatform: true,
    supportUrl: 'https://shop.example.com/help',
  }
  assert.deepEqual(after, expected)
  assert.deepEqual(await show(shop.call), expected)
  assert.equal((await change(shop.call, { mailSenderName: null })).mailSenderName, null)
  assert.deepEqual(await show(owner), plain)
})

test('what was changed is written down with what was before, once for a change that changes', async () => {
  await change(shop.call, { hidesPlatform: true })
  const rows = await testbed.ask(sql`select before, after from identity.audit_logs
    where tenant_id = ${shop.tenant.id} and action = 'branding.changed' order by happened_at`)
  assert.deepEqual(rows, [
    {
      before: { colors: {}, mail_sender_name: null },
      after: { colors: { primary: '#1a2b3c' }, mail_sender_name: 'The shop' },
    },
    {
      before: { hides_platform: false, support_url: null },
      after: { hides_platform: true, support_url: 'https://shop.example.com/help' },
    },
    { before: { mail_sender_name: 'The shop' }, after: { mail_sender_name: null } },
  ])
})

test('anybody sees how the tenant they came to looks, and nothing private', async () => {
  await change(shop.call, {
    mailSenderAddress: 'hello@example.com',
    allowedOrigins: ['https://a.example.com'],
  })
  const context = visit({ tenantId: shop.tenant.id })
  assert.deepEqual(await testbed.client.branding.showPublic({}, { context }), {
    name: 'shop',
    language: 'en',
    colors: { primary: '#1a2b3c' },
    termsUrl: null,
    privacyUrl: null,
    supportUrl: 'https://shop.example.com/help',
    hidesPlatform: true,
  })
  assert.equal((await testbed.client.branding.showPublic({}, { context: visit() })).name, 'FlatRender')
})

test('pages are https, origins exact, colours colours, and names one line', async () => {
  const wrong = [
    { termsUrl: 'http://shop.example.com' },
    { termsUrl: 'javascript:alert(1)' },
    { termsUrl: 'https://localhost/' },
    { colors: { primary: 'red' } },
    { colors: { border: '#000000' } },
    { mailSenderName: 'a\r\nBcc: thief@example.com' },
    { mailSenderName: 'Bank <a@b.co>' },
    { mailSenderName: 'support@bank.example' },
    { mailSenderName: '"Bank"' },
    { mailSenderName: '\u200B' },
    { mailSenderAddress: 'nobody' },
    ...[
      '*',
      'null',
      'https://*.example.com',
      'https://a.example.com/',
      'https://A.example.com',
      'https://a.example.com:443',
      'https://me@a.example.com',
      'http://a.example.com',
      'ftp://a.example.com',
    ].map((origin) => ({ allowedOrigins: [origin] })),
  ]
  for (const input of wrong)
    await assert.rejects(change(shop.call, input as never), /validation/i, JSON.stringify(input))
  const origins = ['https://a.example.com', 'https://b.example.com:8443', 'http://localhost:5173']
  const { allowedOrigins } = await change(shop.call, { allowedOrigins: [...origins, origins[0]!] })
  assert.deepEqual(allowedOrigins, origins)
})
