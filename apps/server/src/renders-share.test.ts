import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { DEFAULT_TENANT_ID } from '@flatrender/contracts/call'
import { withClient } from '@flatrender/database'
import { type Api, eventually, joinTenant, openApi } from './testbed/api-client.ts'
import { type OpenHome, openHome } from './testbed/open-home.ts'
import { makeHome } from './testbed/run-server.ts'
import { type Installation, runShape } from './testbed/run-shape.ts'

let home: Awaited<ReturnType<typeof makeHome>>
let installation: Installation
let opened: OpenHome
let api: Api
let member: string
let other: { token: string; tenantId: string }

before(async () => {
  home = await makeHome()
  opened = await openHome(home.home)
  installation = await runShape('together', home.home, { FLATRENDER_NODE_WORKERS: '2' })
  api = openApi(installation.url)
  const login = async (email: string, password: string, headers = {}) =>
    (await api('POST', '/auth/login', { body: { email, password }, headers })).body.accessToken
  const owner = await login('owner@flatrender.local', installation.ownerPassword)
  // Under the free plan, as the other tenant is: the same mark lies over their videos.
  member = (await joinTenant(api, home.home, 'sara@example.com')).accessToken
  const shop = {
    kind: 'reseller',
    slug: 'studio-nur',
    name: 'Studio Nur',
    owner: { email: 'nur@example.com', password: 'under the old bridge' },
  }
  const made = await api('POST', '/tenants', { token: owner, body: shop })
  const token = await login('nur@example.com', 'under the old bridge', { 'x-tenant': 'studio-nur' })
  other = { token, tenantId: made.body.id ?? made.body.tenant.id }
  const { id } = (await api('GET', '/me', { token: member })).body
  for (const accountId of [id, other.tenantId]) {
    const grant = { accountId, amount: 100, reference: 'test' }
    assert.equal((await api('POST', '/credits/grants', { token: owner, body: grant })).status, 201)
  }
})

after(async () => {
  await installation?.stop()
  await opened?.close()
  await home?.remove()
})

const look = async <Row extends object>(query: string): Promise<Row[]> =>
  withClient(opened.ownerUrl, async (client) => (await client.query<Row>(query)).rows)
const output = { container: 'mp4', resolution: '240p', quality: 'draft' } as const
const submit = async (token: string, modifications: object) => {
  const { status, body } = await api('POST', '/renders', {
    token,
    body: { template: 'logo-reveal', output, modifications },
  })
  assert.equal(status, 202, JSON.stringify(body))
  return { id: body.id as string, token }
}
const ended = ({ id, token }: { id: string; token: string }) =>
  eventually(120, async () => {
    const { body } = await api('GET', `/renders/${id}`, { token })
    return ['succeeded', 'failed', 'cancelled'].includes(body.state) ? body : undefined
  })
const countPainted = async () =>
  (
    await look<{ painted: number; distinct: number }>(`select
      (select sum(frames)::int from render.frame_jobs where kind = 'frames') as painted,
      (select sum(frames)::int from render.segments) as distinct`)
  )[0]!

test('however many wait for a segment, of whatever tenant, it is painted once; what is shared is the publisher’s', async () => {
  const renders = await Promise.all(
    [member, other.token, member, other.token, member].map((token) => submit(token, {})),
  )
  for (const render of renders) {
    const done = await ended(render)
    assert.equal(done.state, 'succeeded', JSON.stringify(done))
    assert.equal(done.frames.done, done.frames.total)
  }
  const { painted, distinct } = await countPainted()
  assert.equal(painted, distinct)
  const keepers = await look<{ id: string }>('select distinct tenant_id as id from render.segments')
  assert.deepEqual(keepers, [{ id: DEFAULT_TENANT_ID }])
})

test('what somebody put words of their own into is kept under their tenant', async () => {
  const modifications = { name: 'Nur', tagline: 'Ours alone' }
  assert.equal((await ended(await submit(other.token, modifications))).state, 'succeeded')
  const kept = await look<{ id: string }>(
    `select tenant_id as id from render.segments where tenant_id <> '${DEFAULT_TENANT_ID}'`,
  )
  assert.deepEqual(new Set(kept.map(({ id }) => id)), new Set([other.tenantId]))
  const files = await look<{ id: string }>(
    `select tenant_id as id from render.inputs where tenant_id not in ('${DEFAULT_TENANT_ID}', '${other.tenantId}')`,
  )
  assert.deepEqual(files, [])
})
