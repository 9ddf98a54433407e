import assert from 'node:assert/strict'
import { joinTenant, openApi } from '../testbed/api-client.ts'
import type { Opened } from './opened.ts'

/** A member and a key find the starter templates and get a package’s address. */
export async function proveTemplates({ installation, home }: Opened): Promise<void> {
  const api = openApi(installation.url)
  const { accessToken: token } = await joinTenant(api, home, 'lale@example.com')
  const listed = await api('GET', '/templates?limit=3', { token })
  assert.equal(listed.status, 200, JSON.stringify(listed.body))
  const rest = await api('GET', `/templates?limit=3&cursor=${listed.body.next}`, { token })
  const keys = [...listed.body.templates, ...rest.body.templates].map(({ key }: { key: string }) => key)
  assert.deepEqual(keys.toSorted(), ['kinetic-quote', 'logo-reveal', 'product-promo', 'story-slides'])
  assert.equal(rest.body.next, null)

  const promo = await api('GET', '/templates/product-promo', { token })
  const versions = await api('GET', `/templates/${promo.body.id}/versions`, { token })
  assert.deepEqual(
    versions.body.versions.map(({ id }: { id: string }) => id),
    [promo.body.versionId],
  )
  const version = await api('GET', `/template-versions/${promo.body.versionId}`, { token })
  // The order is the manifest’s, through the database and every call.
  assert.deepEqual(Object.keys(version.body.manifest.formats), ['16:9', '9:16', '1:1'])
  assert.equal(version.body.manifest.scenes.length, promo.body.scenes)

  const login = { email: 'owner@flatrender.local', password: installation.ownerPassword }
  const owner = (await api('POST', '/auth/login', { body: login })).body.accessToken
  const body = { name: 'reader', scopes: ['templates:read'] }
  const { key } = (await api('POST', '/api-keys', { token: owner, body })).body
  const found = await api('GET', `/template-versions/${promo.body.versionId}/package`, { token: key })
  assert.equal(found.status, 200, JSON.stringify(found.body))
  assert.match(found.body.url, /packages\/[0-9a-f]{64}\.lottie\?.*signature=/)
  assert.equal(found.body.contentHash, versions.body.versions[0].contentHash)

  const tenant = {
    kind: 'reseller',
    slug: 'studio-nur',
    name: 'Studio Nur',
    owner: { email: 'nur@example.com', password: 'under the old bridge' },
  }
  assert.equal((await api('POST', '/tenants', { token: owner, body: tenant })).status, 201)
  const theirs = { headers: { 'x-tenant': tenant.slug } }
  const { accessToken: nur } = (await api('POST', '/auth/login', { body: tenant.owner, ...theirs })).body
  const seen = await api('GET', '/templates', { token: nur, ...theirs })
  assert.deepEqual(
    seen.body.templates.map(({ own }: { own: boolean }) => own),
    [false, false, false, false],
  )

  const unknown = await api('GET', '/templates/nothing', { token })
  assert.equal(unknown.status, 404)
  assert.equal(unknown.body.code, 'TEMPLATE_UNKNOWN')
  assert.equal((await api('GET', '/templates')).status, 401)
}
