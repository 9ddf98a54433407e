import assert from 'node:assert/strict'
import { createHash } from 'node:crypto'
import { text } from 'node:stream/consumers'
import { after, before, test } from 'node:test'
import { withClient } from '@flatrender/database'
import { openWebServer } from '@flatrender/platform/testkit'
import { unzipSync } from 'fflate'
import { type Api, eventually, openApi } from './testbed/api-client.ts'
import { killHard } from './testbed/kill-hard.ts'
import { type OpenHome, openHome } from './testbed/open-home.ts'
import { makeHome, passwordOf, runServer, type ServerProcess, urlOf } from './testbed/run-server.ts'

let home: Awaited<ReturnType<typeof makeHome>>
let server: ServerProcess
let opened: OpenHome
let api: Api
let url: string
let token: string

const run = async (workers: number) => {
  server = runServer({
    FLATRENDER_HOME: home.home,
    FLATRENDER_NODE_WORKERS: `${workers}`,
    FLATRENDER_OUTBOUND_ALLOWED: 'localhost',
  })
  url = await urlOf(server)
  api = openApi(url)
}

before(async () => {
  home = await makeHome()
  await run(0)
  const body = { email: 'owner@flatrender.local', password: await passwordOf(server) }
  token = (await api('POST', '/auth/login', { body })).body.accessToken
  const { id: accountId } = (await api('GET', '/me', { token })).body
  const grant = { accountId, amount: 1000, reference: 'test' }
  assert.equal((await api('POST', '/credits/grants', { token, body: grant })).status, 201)
  opened = await openHome(home.home)
})

after(async () => {
  await server?.stop()
  await opened?.close()
  await home?.remove()
})

const look = async <Row extends object>(query: string): Promise<Row[]> =>
  withClient(opened.ownerUrl, async (client) => (await client.query<Row>(query)).rows)
const output = { container: 'mp4', resolution: '240p', quality: 'draft' } as const
const submit = async (body: object) => {
  const answer = await api('POST', '/batches', { token, body: { output, ...body } })
  assert.equal(answer.status, 202, JSON.stringify(answer.body))
  return answer.body.id as string
}
const show = async (id: string) => (await api('GET', `/batches/${id}`, { token })).body
const ended = (id: string) =>
  eventually(240, async () => {
    const body = await show(id)
    return ['succeeded', 'failed', 'cancelled'].includes(body.state) ? body : undefined
  })

test('killed amid its placing it goes on, and each row is one render; cancelled, nothing of it is left', async () => {
  const words = { tagline: 'x'.repeat(50) }
  const rows = Array.from({ length: 120 }, (_, index) => ({ modifications: { ...words, name: `${index}` } }))
  const id = await submit({ template: 'logo-reveal', rows, allOrNothing: true })
  await eventually(60, async () => ((await show(id)).rows.accepted > 0 ? true : undefined))
  await killHard(server)
  const count = async () =>
    (
      await look<{ renders: number; rows: number }>(`select count(*)::int as renders,
        count(distinct batch_row)::int as rows from render.render_jobs where batch_id = '${id}'`)
    )[0]!
  // PostgreSQL went with it.
  await run(0)
  await opened.close()
  opened = await openHome(home.home)
  assert.ok((await count()).renders < 120, 'it was killed too late to show anything')
  const placed = await eventually(120, async () => {
    const batch = await show(id)
    return batch.rows.waiting + batch.rows.examined === 0 ? batch : undefined
  })
  assert.deepEqual([placed.rows.accepted, placed.rows.refused], [120, 0])
  assert.deepEqual(await count(), { renders: 120, rows: 120 })
  const reserved = async () => (await api('GET', '/credits', { token })).body.reserved
  assert.equal(await reserved(), placed.credits.reserved)

  const answer = await api('POST', `/batches/${id}/cancel`, { token, body: {} })
  assert.ok(['cancelling', 'cancelled'].includes(answer.body.state), JSON.stringify(answer.body))
  const batch = await ended(id)
  assert.deepEqual([batch.state, batch.rows.open], ['cancelled', 0])
  await eventually(60, async () => ((await reserved()) === 0 ? true : undefined))
})

test('rows that differ in one scene paint the others once; a wrong row stops none; the archive holds every file', async () => {
  await server.stop()
  await run(2)
  await opened.close()
  opened = await openHome(home.home)
  const web = await openWebServer()
  const heard: { type: string; data: Record<string, { id: string; state: string }> }[] = []
  web.answer(async (request, response) => {
    heard.push(JSON.parse(await text(request)))
    response.end()
  })
  try {
    const before = await countFrames()
    const names = ['سارا', 'Omid', 'omid', null, 'Nur']
    const id = await submit({
      template: 'product-promo',
      name: 'Greetings',
      modifications: { scenes: [{ scene: 'intro' }, { scene: 'outro' }] },
      webhook: web.url.replace('127.0.0.1', 'localhost'),
      rows: [
        ...names.map((name) => ({
          modifications: { 'outro.title': `For ${name}` },
          ...(name !== null && { name }),
        })),
        { modifications: { nobody: 'x' } },
      ],
    })
    const watched = await fetch(`${url}/api/v1/batches/${id}/events`, {
      headers: { authorization: `Bearer ${token}` },
    })
    const batch = await ended(id)
    assert.deepEqual([batch.state, batch.rows.succeeded, batch.rows.refused], ['succeeded', 5, 1])
    assert.equal(batch.frames.done, batch.frames.total)
    const told = [...(await watched.text()).matchAll(/^data: (\{.*\})$/gm)].map(([, data]) =>
      JSON.parse(data!),
    )
    assert.equal(told.at(-1).state, 'succeeded')

    // What was asked for in all is several times what is different of it, and that alone was painted.
    const after = await countFrames()
    assert.equal(after.painted - before.painted, after.distinct - before.distinct)
    assert.ok(after.painted - before.painted < batch.frames.total * 0.75)

    const { rows } = (await api('GET', `/batches/${id}/rows`, { token })).body
    assert.equal(rows[5].errors[0].code, 'SLOT_UNKNOWN')
    const made: string[] = []
    for (const { exportId } of rows.slice(0, 5))
      made.push((await api('GET', `/exports/${exportId}`, { token })).body.sha256)
    const archive = (await api('GET', `/batches/${id}/archive`, { token })).body
    assert.equal(archive.files, 5)
    const { pathname, search } = new URL(archive.url, url)
    const answer = await fetch(`${url}${pathname}${search}`)
    const zip = await answer.bytes()
    assert.deepEqual([answer.status, answer.headers.get('content-type')], [200, 'application/zip'])
    assert.equal(zip.length, archive.bytes)
    const files = Object.entries(unzipSync(zip)).map(([name, content]) => [name, sha256(content)])
    assert.deepEqual(
      Object.fromEntries(files),
      Object.fromEntries(
        ['سارا.mp4', 'Omid.mp4', 'omid (2).mp4', '4.mp4', 'Nur.mp4'].map((name, at) => [name, made[at]]),
      ),
    )

    const types = await eventually(90, async () => {
      const all = heard.map(({ type }) => type).toSorted()
      return all.length >= 6 ? all : undefined
    })
    assert.deepEqual(types, ['render.batch.finished', ...Array<string>(5).fill('render.job.succeeded')])
    const { data } = heard.find(({ type }) => type === 'render.batch.finished')!
    assert.deepEqual([data.batch?.id, data.batch?.state], [id, 'succeeded'])
  } finally {
    await web.close()
  }
})

const sha256 = (content: Uint8Array) => createHash('sha256').update(content).digest('hex')
const countFrames = async () =>
  (
    await look<{ painted: number; distinct: number }>(`select
      (select coalesce(sum(frames), 0)::int from render.frame_jobs where kind = 'frames' and state = 'verified') as painted,
      (select coalesce(sum(frames), 0)::int from render.segments where state = 'verified') as distinct`)
  )[0]!
