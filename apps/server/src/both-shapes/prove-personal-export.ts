import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { withClient } from '@flatrender/database'
import { decodeJwt } from 'jose'
import { eventually, joinTenant, openApi } from '../testbed/api-client.ts'
import { openHome } from '../testbed/open-home.ts'
import type { Opened } from './opened.ts'

/** Rows of a person that no route of ours writes yet. */
const LEAVE = `with who as (select tenant_id, id from identity.users where id = $1),
  liked as (insert into content.favourites (tenant_id, owner_id, template_id)
    select who.tenant_id, who.id, template.id from who, content.templates as template limit 1)
  insert into notification.notification_preferences (tenant_id, user_id, channel, type, enabled)
    select tenant_id, id, 'email', 'render.job.succeeded', true from who`
const LEFT = `select (select count(*)::int from content.favourites where owner_id = $1) as liked,
  (select count(*)::int from notification.notification_preferences where user_id = $1) as preferred,
  (select count(*)::int from render.render_jobs where owner_id = $1 and modifications <> '{}') as given,
  (select count(*)::int from file_mgr.files where owner_id = $1 and name <> 'deleted') as named`

/** Every service tells what it keeps of a person, and forgets it once they are deleted. */
export async function provePersonalExport({ installation, home }: Opened): Promise<void> {
  const api = openApi(installation.url)
  const { accessToken: token } = await joinTenant(api, home, 'roya@example.com')
  const { sub: id } = decodeJwt(token)
  const file = { name: 'the only one.png', bytes: 3, contentType: 'image/png' }
  assert.equal((await api('POST', '/files/uploads', { token, body: file })).status, 201)
  const login = { email: 'owner@flatrender.local', password: installation.ownerPassword }
  const { accessToken: owner } = (await api('POST', '/auth/login', { body: login })).body
  const grant = { accountId: id, amount: 100, reference: randomUUID() }
  assert.equal((await api('POST', '/credits/grants', { token: owner, body: grant })).status, 201)
  const modifications = { name: 'Roya', tagline: 'My own words' }
  const asked = await api('POST', '/renders', { token, body: { template: 'logo-reveal', modifications } })
  assert.equal(asked.status, 202, JSON.stringify(asked.body))
  const { ownerUrl, close } = await openHome(home)
  try {
    await withClient(ownerUrl, (client) => client.query(LEAVE, [id]))

    const { status, body } = await api('GET', '/me/export', { token })
    assert.equal(status, 200, JSON.stringify(body))
    const { identity, content, file: files, render: renders, notification } = body.services
    assert.deepEqual(
      [identity.users[0].email, files.files[0].name, content.favourites.length],
      ['roya@example.com', file.name, 1],
    )
    assert.ok(notification.deliveries.length > 0)
    assert.equal(notification.notification_preferences.length, 1)
    assert.deepEqual(renders.render_jobs[0].modifications, modifications)

    assert.equal((await api('DELETE', '/me', { token })).status, 200)
    await eventually(30, async () => {
      const [left] = (await withClient(ownerUrl, (client) => client.query(LEFT, [id]))).rows
      return Object.values(left).every((count) => count === 0) ? true : undefined
    })
  } finally {
    await close()
  }
}
