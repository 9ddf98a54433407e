import assert from 'node:assert/strict'
import { createHash } from 'node:crypto'
import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { text } from 'node:stream/consumers'
import { after, before, test } from 'node:test'
import { openWebServer } from '@flatrender/platform/testkit'
import { type Api, eventually, joinTenant, openApi } from './testbed/api-client.ts'
import { renderAlone } from './testbed/render-alone.ts'
import { makeHome } from './testbed/run-server.ts'
import { type Installation, runShape } from './testbed/run-shape.ts'

let home: Awaited<ReturnType<typeof makeHome>>
let folder: string
let installation: Installation
let api: Api
let owner: string
let member: string

before(async () => {
  home = await makeHome()
  folder = await mkdtemp(path.join(tmpdir(), 'flatrender-renders-'))
  installation = await runShape('together', home.home, {
    FLATRENDER_NODE_WORKERS: '2',
    // By this name alone: addresses of this machine stay refused.
    FLATRENDER_OUTBOUND_ALLOWED: 'localhost',
  })
  api = openApi(installation.url)
  const body = { email: 'owner@flatrender.local', password: installation.ownerPassword }
  owner = (await api('POST', '/auth/login', { body })).body.accessToken
  member = (await joinTenant(api, home.home, 'sara@example.com')).accessToken
  for (const token of [owner, member]) {
    const { id: accountId } = (await api('GET', '/me', { token })).body
    const grant = { accountId, amount: 1000, reference: 'test' }
    assert.equal((await api('POST', '/credits/grants', { token: owner, body: grant })).status, 201)
  }
})

after(async () => {
  await installation?.stop()
  await home?.remove()
  await rm(folder, { recursive: true, force: true })
})

const words = { name: 'Lumo', tagline: 'Light that follows your day' }
const small = { container: 'mp4', resolution: '360p', quality: 'draft' } as const
const submit = (body: object, token = member, headers = {}) =>
  api('POST', '/renders', {
    token,
    headers,
    body: { template: 'logo-reveal', output: small, modifications: words, ...body },
  })
const credits = async (token = member) => (await api('GET', '/credits', { token })).body

/** What somebody has once nothing is promised any more: what has ended is paid right after. */
const settled = (token = member) =>
  eventually(20, async () => {
    const now = await credits(token)
    return now.reserved === 0 ? now : undefined
  })

/** Waits for a render's end. */
const ended = (id: string, token = member) =>
  eventually(120, async () => {
    const { body } = await api('GET', `/renders/${id}`, { token })
    return ['succeeded', 'failed', 'cancelled'].includes(body.state) ? body : undefined
  })

/** The bytes of a render's finished file. */
async function fetchExport(id: string, token = member): Promise<Buffer> {
  const { url } = (await api('GET', `/exports/${id}`, { token })).body
  // Its host is that of browsers; here another port is taken.
  const { pathname, search } = new URL(url, installation.url)
  return Buffer.from(await (await fetch(`${installation.url}${pathname}${search}`)).arrayBuffer())
}

test('a video rendered over HTTP is the very bits of the engine’s own', async () => {
  const before = await settled()
  const { status, body } = await submit({ metadata: { order: 5 } })
  assert.equal(status, 202, JSON.stringify(body))
  const done = await ended(body.id)
  assert.equal(done.state, 'succeeded', JSON.stringify(done))
  assert.equal(done.frames.done, done.frames.total)
  const video = await fetchExport(done.exports[0].id)
  assert.equal(createHash('sha256').update(video).digest('hex'), done.exports[0].sha256)
  assert.ok(
    video.equals(
      await renderAlone(folder, { template: 'logo-reveal', modifications: {}, values: words, output: small }),
    ),
    'the engine’s own has other bits',
  )
  const spent = await eventually(20, async () => {
    const now = await credits()
    return now.reserved === 0 ? before.balance - now.balance : undefined
  })
  assert.equal(spent, done.credits.settled)
})

test('what is rendered already is not rendered again, and is paid all the same', async () => {
  const { body } = await submit({})
  const done = await ended(body.id)
  assert.equal(done.state, 'succeeded', JSON.stringify(done))
  assert.equal(done.frames.cached, done.frames.total)
})

test('sent twice with one key, it is one render', async () => {
  const headers = { 'idempotency-key': 'one' }
  const body = { modifications: { ...words, name: 'Once' } }
  const [first, second] = [await submit(body, member, headers), await submit(body, member, headers)]
  assert.equal(first.body.id, second.body.id)
  const other = await submit({ modifications: words }, member, headers)
  assert.equal(other.body.code, 'REQUEST_KEY_REUSED')
  assert.equal((await ended(first.body.id)).state, 'succeeded')
})

test('members see their own renders, those who run the tenant all', async () => {
  const mine = (await submit({}, owner)).body.id
  for (const route of [`/renders/${mine}`, `/renders/${mine}/events`])
    assert.equal((await api('GET', route, { token: member })).status, 404, route)
  for (const verb of ['cancel', 'retry'])
    assert.equal((await api('POST', `/renders/${mine}/${verb}`, { token: member, body: {} })).status, 404)
  const { exports } = await ended(mine, owner)
  const file = `/exports/${exports[0].id}`
  assert.equal((await api('GET', file, { token: member })).status, 404)
  assert.equal((await api('POST', `${file}/recreate`, { token: member, body: {} })).status, 404)
  const ids = async (token: string, query = '') =>
    (await api('GET', `/renders${query}`, { token })).body.renders.map(({ id }: { id: string }) => id)
  assert.ok(!(await ids(member)).includes(mine))
  assert.ok((await ids(owner)).length > (await ids(member)).length)
  assert.equal((await ids(member, '?metadata=order:5')).length, 1)
  assert.equal((await ids(member, '?metadata=order:6')).length, 0)
})

test('whoever watches hears how far it is, up to the end', async () => {
  const { body } = await submit({ modifications: { ...words, name: 'Watched' } })
  const answer = await fetch(`${installation.url}/api/v1/renders/${body.id}/events`, {
    headers: { authorization: `Bearer ${member}` },
  })
  assert.equal(answer.headers.get('content-type'), 'text/event-stream')
  const text = await answer.text()
  const states = [...text.matchAll(/^data: (\{.*\})$/gm)].map(([, data]) => JSON.parse(data!).state)
  assert.equal(states.at(-1), 'succeeded', text)
})

test('a cancelled render costs nothing, and can be taken on again', async () => {
  const before = await settled()
  const { body } = await submit({ modifications: { ...words, name: 'Cancelled' } })
  const cancelled = await api('POST', `/renders/${body.id}/cancel`, { token: member, body: {} })
  assert.equal(cancelled.status, 200, JSON.stringify(cancelled.body))
  assert.equal((await api('POST', `/renders/${body.id}/cancel`, { token: member, body: {} })).status, 200)
  await eventually(20, async () => {
    const now = await credits()
    return now.reserved === 0 && now.balance === before.balance ? now : undefined
  })
  const again = await api('POST', `/renders/${body.id}/retry`, { token: member, body: {} })
  assert.equal(again.status, 202, JSON.stringify(again.body))
  assert.equal(again.body.retryOfId, body.id)
  const done = await ended(again.body.id)
  assert.equal(done.state, 'succeeded', JSON.stringify(done))
  const [entry, ...others] = await eventually(60, async () => {
    const { entries } = (await api('GET', `/audit-log?subject=${body.id}`, { token: owner })).body
    return entries.length > 0 ? entries : undefined
  })
  assert.deepEqual([entry.action, entry.actorKind, others], ['render.cancelled', 'user', []])
  const late = await api('POST', `/renders/${done.id}/cancel`, { token: member, body: {} })
  assert.equal(late.body.code, 'RENDER_STATE_WRONG')
})

test('every wrong request has a code of its own, and makes nothing', async () => {
  const before = await settled()
  const cases: [object, string][] = [
    [{ template: 'nothing-there' }, 'TEMPLATE_UNKNOWN'],
    [{ version: '9.9.9' }, 'VERSION_UNKNOWN'],
    [{ modifications: { nobody: 'x' } }, 'SLOT_UNKNOWN'],
    [{ modifications: { plate: 'no colour' } }, 'SLOT_VALUE_INVALID'],
    [{ modifications: { logo: '/etc/passwd' } }, 'MEDIA_NOT_FOUND'],
    [{ modifications: { logo: 'http://127.0.0.1:1/a.png' } }, 'ADDRESS_REFUSED'],
    [{ modifications: { logo: `file:${crypto.randomUUID()}` } }, 'FILE_UNKNOWN'],
    [{ webhook: 'http://169.254.169.254/latest' }, 'ADDRESS_REFUSED'],
    [{ output: { ...small, resolution: '1080p' } }, 'RENDER_OVER_PLAN'],
    [{ output: { ...small, codec: 'vp9' } }, 'OUTPUT_SETTINGS_INVALID'],
    [{ output: { container: 'png' } }, 'OUTPUT_SETTINGS_INVALID'],
    [{ output: { ...small, format: '7:3' } }, 'TEMPLATE_FORMAT_UNKNOWN'],
    [{ modifications: { plate: 'no colour', logo: 5 } }, 'RENDER_INVALID'],
  ]
  for (const [wrong, code] of cases) {
    const { body } = await submit(wrong)
    assert.equal(body.code, code, JSON.stringify([wrong, body]))
  }
  assert.deepEqual(await credits(), before)
})

test('a dry run says what would come of it, and makes nothing', async () => {
  const before = await settled()
  const { body } = await submit({ dryRun: true })
  assert.equal(body.valid, true, JSON.stringify(body))
  assert.equal(body.cachedShare, 1)
  assert.ok(body.frames > 0 && body.cost > 0 && body.texts.length > 0)
  const fresh = await submit({ dryRun: true, modifications: { ...words, name: 'Never rendered' } })
  assert.ok(fresh.body.cachedShare < 1 && fresh.body.estimatedSeconds > 0, JSON.stringify(fresh.body))
  const wrong = await submit({ dryRun: true, modifications: { plate: 'no colour', logo: 5 } })
  assert.equal(wrong.body.valid, false)
  assert.equal(wrong.body.errors.length, 2)
  assert.deepEqual(await credits(), before)
})

test('a tenant’s server hears of renders, and the address that one names of its end', async () => {
  const web = await openWebServer()
  const heard: { path: string; type: string; state: string; id: string }[] = []
  web.answer(async (request, response) => {
    const { type, data } = JSON.parse(await text(request))
    heard.push({ path: request.url!, type, state: data.render.state, id: data.render.id })
    response.end()
  })
  try {
    const place = web.url.replace('127.0.0.1', 'localhost')
    const hook = await api('POST', '/webhooks', { token: owner, body: { url: `${place}/all` } })
    assert.equal(hook.status, 201, JSON.stringify(hook.body))
    const { body } = await submit({ webhook: `${place}/one` })
    await ended(body.id)
    const told = await eventually(90, async () => {
      const mine = heard.filter(({ id }) => id === body.id)
      return mine.length >= 3 ? mine : undefined
    })
    assert.deepEqual(told.map(({ path, type }) => `${path} ${type}`).toSorted(), [
      '/all render.job.submitted',
      '/all render.job.succeeded',
      '/one render.job.succeeded',
    ])
    for (const { type, state } of told) if (type.endsWith('succeeded')) assert.equal(state, 'succeeded')
    const { webhooks } = (await api('GET', '/webhooks', { token: owner })).body
    assert.deepEqual(webhooks.map(({ kind }: { kind: string }) => kind).toSorted(), ['endpoint', 'renders'])
    await api('DELETE', `/webhooks/${hook.body.id}`, { token: owner })
  } finally {
    await web.close()
  }
})

test('a finished video is among the files; deleted there, it is no more, and can be made again', async () => {
  const { body } = await submit({})
  const [file] = (await ended(body.id)).exports
  const listed = await eventually(20, async () => {
    const { files } = (await api('GET', '/files?kind=export', { token: member })).body
    // Others may have the same bytes.
    return files.find(({ id }: { id: string }) => id === file.id)
  })
  const used = async () => (await api('GET', '/files-quota', { token: member })).body.usedBytes
  const before = await used()
  assert.equal((await api('DELETE', `/files/${listed.id}`, { token: member })).status, 200)
  assert.equal(before - (await used()), listed.bytes)
  const expired = await eventually(30, async () => {
    const shown = (await api('GET', `/exports/${listed.id}`, { token: member })).body
    return shown.state === 'expired' ? shown : undefined
  })
  assert.equal(expired.url, null)
  const again = await api('POST', `/exports/${listed.id}/recreate`, { token: member, body: {} })
  assert.equal(again.status, 202, JSON.stringify(again.body))
  await eventually(60, async () => ((await used()) === before ? true : undefined))
})

test('a file stays while a render needs it, and a key renders with the files of who made it', async () => {
  const mark = path.join(import.meta.dirname, '../../../services/render/assets/watermark.png')
  const picture = await readFile(mark)
  const announced = { name: 'mark.png', bytes: picture.length, contentType: 'image/png' }
  const upload = (await api('POST', '/files/uploads', { token: owner, body: announced })).body
  const { pathname, search } = new URL(upload.url, installation.url)
  const put = await fetch(`${installation.url}${pathname}${search}`, { method: 'PUT', body: picture })
  assert.equal(put.status, 201)
  const done = await api('POST', `/files/uploads/${upload.id}/complete`, { token: owner, body: {} })
  assert.equal(done.status, 200, JSON.stringify(done.body))
  const logo = `file:${done.body.id}`
  const strange = await submit({ modifications: { ...words, logo } })
  assert.equal(strange.body.code, 'FILE_UNKNOWN')

  const scopes = ['renders:write', 'renders:read', 'templates:read']
  const made = await api('POST', '/api-keys', { token: owner, body: { name: 'program', scopes } })
  const { key } = made.body
  const { status, body } = await submit({ modifications: { ...words, logo } }, key)
  assert.equal(status, 202, JSON.stringify(body))
  const remove = () => api('DELETE', `/files/${done.body.id}`, { token: owner })
  assert.equal((await remove()).body.code, 'FILE_IN_USE')
  assert.equal((await ended(body.id, key)).state, 'succeeded')
  await eventually(20, async () => ((await remove()).status === 200 ? true : undefined))
})
