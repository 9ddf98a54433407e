import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { type Call, listProcedures } from '@flatrender/contracts/call'
import { identityContract } from '@flatrender/contracts/identity'
import { sql } from 'kysely'
import { enter, enterAsOwner, isCode, openTestbed, PASSWORD, type Testbed } from './testbed/open-testbed.ts'

let testbed: Testbed
let owner: Call
let someone: string
before(async () => {
  testbed = await openTestbed()
  owner = await enterAsOwner(testbed)
  const { call } = await enter(testbed, 'someone@example.com')
  someone = call.actor.id!
  await testbed.ask(sql`update identity.sessions set proven_at = now() - interval '16 minutes'`)
})
after(() => testbed?.close())

const id = '00000000-0000-7000-8000-000000000000'
const website = { redirectUri: 'https://example.com/back' }

/** What a copied access token must not do: each wants a login proven lately. */
const dangerous: Readonly<Record<string, (client: Testbed['client'], context: Call) => Promise<unknown>>> = {
  'users.exportMe': (client, context) => client.users.exportMe({}, { context }),
  'users.deleteMe': (client, context) => client.users.deleteMe({}, { context }),
  'users.suspend': (client, context) => client.users.suspend({ id: someone }, { context }),
  'users.resume': (client, context) => client.users.resume({ id: someone }, { context }),
  'users.delete': (client, context) => client.users.delete({ id: someone }, { context }),
  'users.demandFactor': (client, context) =>
    client.users.demandFactor({ id: someone, required: true }, { context }),
  'users.changeRoles': (client, context) =>
    client.users.changeRoles({ id: someone, roles: ['admin'] }, { context }),
  'invitations.create': (client, context) =>
    client.invitations.create({ email: 'new@example.com', role: 'admin' }, { context }),
  'factors.addTotp': (client, context) => client.factors.addTotp({}, { context }),
  'factors.verifyTotp': (client, context) => client.factors.verifyTotp({ id, code: '000000' }, { context }),
  'factors.addWebauthn': (client, context) => client.factors.addWebauthn({}, { context }),
  'factors.remove': (client, context) => client.factors.remove({ id }, { context }),
  'factors.replaceRecoveryCodes': (client, context) => client.factors.replaceRecoveryCodes({}, { context }),
  'oauth.beginLink': (client, context) =>
    client.oauth.beginLink({ provider: 'somewhere', ...website }, { context }),
  'oauth.unlink': (client, context) => client.oauth.unlink({ id }, { context }),
  'oauth.createProvider': (client, context) =>
    client.oauth.createProvider(
      { key: 'own', kind: 'github', name: 'Own', clientId: 'us', clientSecret: 'a secret' },
      { context },
    ),
  'oauth.changeProvider': (client, context) => client.oauth.changeProvider({ id, name: 'Own' }, { context }),
  'oauth.removeProvider': (client, context) => client.oauth.removeProvider({ id }, { context }),
  'keys.create': (client, context) => client.keys.create({ name: 'a', scopes: ['self:read'] }, { context }),
  'tenants.create': (client, context) =>
    client.tenants.create(
      {
        kind: 'customer',
        slug: 'shop',
        name: 'Shop',
        owner: { email: 'her@example.com', password: PASSWORD },
      },
      { context },
    ),
  'tenants.suspend': (client, context) => client.tenants.suspend({ id, reason: '' }, { context }),
  'tenants.act': (client, context) => client.tenants.act({ id }, { context }),
  'branding.change': (client, context) =>
    client.branding.change({ allowedOrigins: ['https://example.com'] }, { context }),
  'branding.setDomain': (client, context) =>
    client.branding.setDomain({ domain: 'video.example.com' }, { context }),
  'branding.removeDomain': (client, context) => client.branding.removeDomain({}, { context }),
  'webhooks.create': (client, context) =>
    client.webhooks.create({ url: 'https://example.com/hook' }, { context }),
  'webhooks.change': (client, context) => client.webhooks.change({ id, state: 'paused' }, { context }),
  'webhooks.replaceSecret': (client, context) => client.webhooks.replaceSecret({ id }, { context }),
  'credits.grant': (client, context) =>
    client.credits.grant({ accountId: id, amount: 1, reference: 'r' }, { context }),
}

/** The other acts of somebody known, and why a copied access token may do them. */
const harmless: Readonly<Record<string, string>> = {
  'auth.logout': 'ends what was copied',
  'auth.stepUp': 'is the proof',
  'auth.askStepUp': 'asks for the proof',
  'users.changeMe': 'name and language alone',
  'users.changePassword': 'asks for the present password',
  'users.revokeSession': 'ends a login of the same user',
  'factors.verifyWebauthn': 'ends what began by a proven login',
  'oauth.finishLink': 'ends what began by a proven login',
  'invitations.revoke': 'gives nobody anything',
  'keys.revoke': 'gives nobody anything',
  'tenants.resume': 'gives back what a tenant had',
  'webhooks.delete': 'gives nobody anything',
  'webhooks.test': 'tells a known address nothing',
  'webhooks.replay': 'tells a known address what it was told',
  'branding.proveDomain': 'looks for what a proven login has set',
}

/** The names of all procedures that somebody known does something by. */
const acts = listProcedures(identityContract, 'identity')
  .filter(({ access, method }) => access !== 'anyone' && method !== 'GET')
  .map(({ name }) => name.replace('identity.', ''))

test('every act is declared to be dangerous or harmless, once', () => {
  const declared = [...Object.keys(dangerous), ...Object.keys(harmless)]
  // An export is a reading, and all that there is to read.
  assert.deepEqual(declared.toSorted(), [...acts, 'users.exportMe'].toSorted())
})

for (const [name, act] of Object.entries(dangerous))
  test(`${name} wants a login proven lately`, async () => {
    await assert.rejects(act(testbed.client, owner), isCode('STEP_UP_REQUIRED'))
  })
