import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { withClient } from '@flatrender/database'
import { openStorage } from '@flatrender/platform/storage'
import { type Answer, type Api, eventually, openApi } from './testbed/api-client.ts'
import { killHard } from './testbed/kill-hard.ts'
import { type OpenHome, openHome } from './testbed/open-home.ts'
import { makeHome, passwordOf, runServer, type ServerProcess, urlOf } from './testbed/run-server.ts'

let home: Awaited<ReturnType<typeof makeHome>>
let opened: OpenHome
let server: ServerProcess
let api: Api
let token: string

before(async () => {
  home = await makeHome()
  opened = await openHome(home.home)
  await run()
  const body = { email: 'owner@flatrender.local', password: await passwordOf(server) }
  token = (await api('POST', '/auth/login', { body })).body.accessToken
  const { id: accountId } = (await api('GET', '/me', { token })).body
  const grant = { accountId, amount: 100, reference: 'test' }
  assert.equal((await api('POST', '/credits/grants', { token, body: grant })).status, 201)
})

after(async () => {
  await server?.stop()
  await opened?.close()
  await home?.remove()
})

/** Starts all of it, after a kill too: who logged in before still is. */
async function run(): Promise<void> {
  server = runServer({ FLATRENDER_HOME: home.home, FLATRENDER_NODE_WORKERS: '2' })
  api = openApi(await urlOf(server))
}

const look = async <Row extends object>(query: string): Promise<Row[]> =>
  withClient(opened.ownerUrl, async (client) => (await client.query<Row>(query)).rows)
const credits = async () => (await api('GET', '/credits', { token })).body
const submit = (name: string): Promise<Answer> =>
  api('POST', '/renders', {
    token,
    headers: { 'idempotency-key': name },
    body: {
      template: 'logo-reveal',
      output: { container: 'mp4', resolution: '360p', quality: 'draft' },
      modifications: { name, tagline: 'Survives' },
      lane: 'batch',
    },
  })

test('killed between reservation and render: the credits come back, and whoever asks again gets one render', async () => {
  await withClient(opened.ownerUrl, async (client) => {
    // The render can't be written down while somebody holds its table.
    await client.query('begin')
    await client.query('lock table render.render_jobs in exclusive mode')
    const lost = submit('lost').catch(() => undefined)
    await eventually(30, async () => ((await credits()).reserved > 0 ? true : undefined))
    await killHard(server)
    await lost
    await client.query('rollback')
  })
  await run()
  const [left] = await look<{ renders: number; seconds: number }>(`select
    (select count(*)::int from render.render_jobs) as renders,
    (select extract(epoch from max(expires_at) - now())::float8 from identity.credit_reservations) as seconds`)
  assert.equal(left?.renders, 0)
  assert.ok(left.seconds <= 600, `it is held for ${left.seconds} s more`)
  await look('update identity.credit_reservations set expires_at = now()')
  assert.equal((await credits()).available, 100)
  const [first, second] = [await submit('lost'), await submit('lost')]
  assert.deepEqual([first.status, second.body.id], [202, first.body.id])
})

test('killed amid its renders, all of them end rightly, once, and nothing is left over', async () => {
  const ids: string[] = []
  for (let index = 0; index < 6; index++) ids.push((await submit(`video ${index}`)).body.id)
  for (let kills = 0; kills < 2; kills++) {
    await eventually(120, async () => {
      const [now] = await look<{ leased: number }>(
        `select count(*)::int as leased from render.frame_jobs where state = 'leased'`,
      )
      return now!.leased > 0 || (await areDone(ids)) ? true : undefined
    })
    await killHard(server)
    await run()
  }
  await eventually(240, async () => ((await areDone(ids)) ? true : undefined))
  const rows = await look<{ state: string; settled: string }>(
    'select state, credits_settled as settled from render.render_jobs',
  )
  assert.deepEqual(new Set(rows.map(({ state }) => state)), new Set(['succeeded']))
  const spent = rows.reduce((sum, { settled }) => sum + Number(settled), 0)
  await eventually(60, async () => {
    const { balance, reserved } = await credits()
    return reserved === 0 && balance === 100 - spent ? true : undefined
  })
  const [left] = await look<Record<string, number>>(`select
    (select count(*)::int from render.frame_jobs where state in ('pending', 'leased')) as jobs,
    (select count(*)::int from render.segment_pins) as pins,
    (select coalesce(sum(running + pending_preview + pending_interactive + pending_batch), 0)::int
      from render.tenant_shares) as shares,
    (select count(*)::int from (
      select 1 from platform.events where type = 'render.job.succeeded' group by subject having count(*) > 1
    ) as twice) as twice`)
  assert.deepEqual(left, { jobs: 0, pins: 0, shares: 0, twice: 0 })
  await assertObjectsAndRows()
})

async function areDone(ids: readonly string[]): Promise<boolean> {
  const states = await Promise.all(
    ids.map(async (id) => (await api('GET', `/renders/${id}`, { token })).body.state),
  )
  return states.every((state) => ['succeeded', 'failed', 'cancelled'].includes(state))
}

/** No object is without a row that names it, and no row that says its object is there is without it. */
async function assertObjectsAndRows(): Promise<void> {
  const settings = {
    FLATRENDER_STORAGE: 'disk',
    FLATRENDER_S3_REGION: '',
    FLATRENDER_S3_PATH_STYLE: false,
  } as const
  const storage = await openStorage({ settings, home: home.home, secretKeys: opened.keys })
  try {
    const stored = new Set<string>()
    for await (const { key } of storage.list('render/')) stored.add(key)
    const rows = await look<{ key: string; there: boolean }>(`
      select object_key as key, state = 'ready' as there from render.inputs
      union all select object_key, state = 'verified' from render.segments where object_key is not null
      union all select object_key, state = 'ready' from render.exports where object_key is not null`)
    const named = new Set(rows.map(({ key }) => key))
    assert.deepEqual(
      // What a lost lease has brought stays where it arrived, until its address is over.
      [...stored].filter((key) => !named.has(key) && !key.startsWith('render/arriving/')),
      [],
    )
    assert.deepEqual(
      rows.filter(({ key, there }) => there && !stored.has(key)),
      [],
    )
  } finally {
    await storage.close()
  }
}
