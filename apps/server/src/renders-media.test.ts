import assert from 'node:assert/strict'
import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { text } from 'node:stream/consumers'
import { after, before, test } from 'node:test'
import { withClient } from '@flatrender/database'
import { openWebServer, type WebServer } from '@flatrender/platform/testkit'
import { type Api, eventually, joinTenant, openApi } from './testbed/api-client.ts'
import { type OpenHome, openHome } from './testbed/open-home.ts'
import { renderAlone, TEMPLATES } from './testbed/render-alone.ts'
import { makeHome } from './testbed/run-server.ts'
import { type Installation, runShape } from './testbed/run-shape.ts'

const MEDIA = path.join(TEMPLATES, 'product-promo/data/media')

let home: Awaited<ReturnType<typeof makeHome>>
let folder: string
let installation: Installation
let opened: OpenHome
let web: WebServer
let api: Api
let owner: string
let member: string

before(async () => {
  home = await makeHome()
  folder = await mkdtemp(path.join(tmpdir(), 'flatrender-media-'))
  web = await openWebServer()
  const picture = await readFile(path.join(MEDIA, 'evening-desk.jpg'))
  web.answer(({ url }, response) => {
    if (url === '/evening-desk.jpg') response.end(picture)
    else if (url?.endsWith('.wav')) response.end(makeSpeech(10, url.length))
    else if (url === '/empty.png') response.end()
    else if (url === '/notes.txt') response.end('this is no picture at all')
    else if (url === '/huge.mp4') response.writeHead(200, { 'content-length': 5e9 }).write('a')
    else response.writeHead(404).end()
  })
  opened = await openHome(home.home)
  installation = await runShape('together', home.home, {
    FLATRENDER_NODE_WORKERS: '2',
    FLATRENDER_OUTBOUND_ALLOWED: '127.0.0.1',
  })
  api = openApi(installation.url)
  const body = { email: 'owner@flatrender.local', password: installation.ownerPassword }
  owner = (await api('POST', '/auth/login', { body })).body.accessToken
  member = (await joinTenant(api, home.home, 'sara@example.com')).accessToken
  const { id: accountId } = (await api('GET', '/me', { token: member })).body
  const grant = { accountId, amount: 1000, reference: 'test' }
  assert.equal((await api('POST', '/credits/grants', { token: owner, body: grant })).status, 201)
})

after(async () => {
  await installation?.stop()
  await opened?.close()
  await web?.close()
  await home?.remove()
  await rm(folder, { recursive: true, force: true })
})

const small = { container: 'mp4', resolution: '240p', quality: 'draft', range: [0, 5] } as const
const scenesOf = (picture: string, clip: string) => ({
  scenes: [
    { scene: 'feature', modifications: { picture, title: 'It reads the room' } },
    { scene: 'video', modifications: { clip } },
  ],
})
const submit = (modifications: object, token = member) =>
  api('POST', '/renders', { token, body: { template: 'product-promo', output: small, modifications } })
const ended = (id: string) =>
  eventually(120, async () => {
    const { body } = await api('GET', `/renders/${id}`, { token: member })
    return ['succeeded', 'failed', 'cancelled'].includes(body.state) ? body : undefined
  })
const run = async (query: string) => withClient(opened.ownerUrl, (client) => client.query(query))

/** Uploads a file as a member does; its id. */
async function upload(file: string): Promise<string> {
  const content = await readFile(file)
  const body = { name: path.basename(file), bytes: content.byteLength, contentType: 'video/mp4' }
  const begun = await api('POST', '/files/uploads', { token: member, body })
  const { pathname, search } = new URL(begun.body.url, installation.url)
  const put = await fetch(`${installation.url}${pathname}${search}`, { method: 'PUT', body: content })
  assert.ok(put.ok, await put.text())
  const done = await api('POST', `/files/uploads/${begun.body.id}/complete`, { token: member, body: {} })
  assert.equal(done.status, 200, JSON.stringify(done.body))
  return done.body.id
}

async function fetchExport(id: string): Promise<Buffer> {
  const { url } = (await api('GET', `/exports/${id}`, { token: member })).body
  const { pathname, search } = new URL(url, installation.url)
  return Buffer.from(await (await fetch(`${installation.url}${pathname}${search}`)).arrayBuffer())
}

test('pictures by address and uploaded videos are rendered, their sound too, to the engine’s own bits', async () => {
  const clip = `file:${await upload(path.join(MEDIA, 'dusk.mp4'))}`
  const { body } = await submit(scenesOf(`${web.url}/evening-desk.jpg`, clip))
  const done = await ended(body.id)
  assert.equal(done.state, 'succeeded', JSON.stringify(done))
  const { range, ...output } = small
  const own = await renderAlone(folder, {
    template: 'product-promo',
    modifications: scenesOf(path.join(MEDIA, 'evening-desk.jpg'), path.join(MEDIA, 'dusk.mp4')),
    output,
    range,
  })
  const made = await fetchExport(done.exports[0].id)
  assert.ok(made.equals(own), 'the engine’s own has other bits')
  // Whose file it is not doesn't see it.
  const strange = await submit(scenesOf('package:media/none.jpg', clip), owner)
  assert.equal(strange.body.code, 'MEDIA_NOT_FOUND')
})

test('an expired file is gone, and is made again with the same bits, also when its segments are gone', async () => {
  const { body } = await api('GET', '/renders?state=succeeded', { token: member })
  const { id, sha256 } = body.renders[0].exports[0]
  const show = async () => (await api('GET', `/exports/${id}`, { token: member })).body
  for (const alsoSegments of [false, true]) {
    await run('update render.exports set expires_at = now()')
    await run(`select graphile_worker.add_job('render.remove-expired-exports')`)
    await eventually(30, async () => ((await show()).state === 'expired' ? true : undefined))
    assert.equal((await show()).url, null)
    if (alsoSegments) {
      await run(`update render.segments set last_used_at = now() - interval '1 year'`)
      await run(`select graphile_worker.add_job('render.evict-segments')`)
      await eventually(30, async () => {
        const { rows } = await run(
          `select from render.segments where state = 'verified' or object_key is not null`,
        )
        return rows.length === 0 ? true : undefined
      })
    }
    const again = await api('POST', `/exports/${id}/recreate`, { token: member, body: {} })
    assert.equal(again.status, 202, JSON.stringify(again.body))
    const ready = await eventually(60, async () => {
      const file = await show()
      return file.state === 'ready' ? file : undefined
    })
    assert.equal(ready.sha256, sha256)
    assert.equal((await fetchExport(id)).byteLength, ready.bytes)
    const once = await api('POST', `/exports/${id}/recreate`, { token: member, body: {} })
    assert.equal(once.body.code, 'EXPORT_NOT_EXPIRED')
  }
})

test('what media make longer is reserved once it is known, and paid or given back with the rest', async () => {
  const output = { container: 'mp4', resolution: '144p' } as const
  const credits = async () => (await api('GET', '/credits', { token: member })).body
  const before = await eventually(30, async () => {
    const now = await credits()
    return now.reserved === 0 ? now : undefined
  })
  /** Ten seconds of speech over a scene of four; where it is named differs, and what is said. */
  const speak = async (words: string) => {
    const scene = { scene: 'wordmark', duration: 'voiceover', modifications: { name: words } }
    const scenes = [{ ...scene, voiceover: `${web.url}/${words}.wav` }]
    const body = { template: 'logo-reveal', output, modifications: { scenes } }
    const { body: render } = await api('POST', '/renders', { token: member, body })
    assert.equal(render.credits?.reserved, 1, JSON.stringify(render))
    await eventually(30, async () => {
      const { body: now } = await api('GET', `/renders/${render.id}`, { token: member })
      return now.credits.reserved === 2 ? now : undefined
    })
    return render.id as string
  }
  const dropped = await speak('Dropped')
  await api('POST', `/renders/${dropped}/cancel`, { token: member, body: {} })
  await eventually(30, async () => {
    const { reserved, balance } = await credits()
    return reserved === 0 && balance === before.balance ? true : undefined
  })
  const done = await ended(await speak('Done'))
  assert.deepEqual([done.state, done.credits], ['succeeded', { reserved: 0, settled: 2 }])
  await eventually(30, async () => {
    const { reserved, balance } = await credits()
    return reserved === 0 && balance === before.balance - 2 ? true : undefined
  })
})

/** So many seconds of a tone in a WAV file. */
function makeSpeech(seconds: number, tone: number): Buffer {
  const rate = 8000
  const samples = Buffer.alloc(seconds * rate, tone)
  const header = Buffer.alloc(44)
  header.write('RIFF', 0)
  header.writeUInt32LE(36 + samples.length, 4)
  header.write('WAVEfmt ', 8)
  header.writeUInt32LE(16, 16)
  header.writeUInt16LE(1, 20)
  header.writeUInt16LE(1, 22)
  header.writeUInt32LE(rate, 24)
  header.writeUInt32LE(rate, 28)
  header.writeUInt16LE(1, 32)
  header.writeUInt16LE(8, 34)
  header.write('data', 36)
  header.writeUInt32LE(samples.length, 40)
  return Buffer.concat([header, samples])
}

test('the address that a render names is told of its end, once', async () => {
  const heard: { type: string; data: { render: { id: string; state: string } } }[] = []
  const receiver = await openWebServer()
  receiver.answer(async (request, response) => {
    heard.push(JSON.parse(await text(request)))
    response.writeHead(204).end()
  })
  try {
    const { body } = await api('POST', '/renders', {
      token: member,
      body: { template: 'logo-reveal', output: { resolution: '240p' }, webhook: `${receiver.url}/done` },
    })
    assert.equal((await ended(body.id)).state, 'succeeded')
    await eventually(30, async () => (heard.length > 0 ? true : undefined))
    assert.deepEqual(
      heard.map(({ type, data }) => [type, data.render.id, data.render.state]),
      [['render.job.succeeded', body.id, 'succeeded']],
    )
  } finally {
    await receiver.close()
  }
})

test('media that are missing, too large or none fail their render, which says which and where, and cost nothing', async () => {
  // What was rendered before is paid a moment after it ended.
  const { balance } = await eventually(30, async () => {
    const now = (await api('GET', '/credits', { token: member })).body
    return now.reserved === 0 ? now : undefined
  })
  const sound = `file:${await upload(path.join(TEMPLATES, 'product-promo/flatrender.json'))}`
  for (const [picture, code] of [
    [`${web.url}/nothing.jpg`, 'DOWNLOAD_MISSING'],
    [`${web.url}/huge.mp4`, 'DOWNLOAD_TOO_LARGE'],
    [`${web.url}/notes.txt`, 'MEDIA_UNREADABLE'],
    [`${web.url}/empty.png`, 'MEDIA_UNREADABLE'],
    [sound, 'MEDIA_UNREADABLE'],
  ]) {
    const { body } = await submit({ scenes: [{ scene: 'feature', modifications: { picture } }] })
    const done = await ended(body.id)
    assert.deepEqual([done.state, done.failure?.code], ['failed', code], JSON.stringify(done))
    assert.ok(done.failure.remedy.length > 0)
    const { message, data } = done.failure
    assert.ok(message.includes(picture) && message.includes('slot “picture” of scene “feature”'), message)
    assert.deepEqual([data.scene, data.slot], ['feature', 'picture'])
  }
  await eventually(30, async () => {
    const now = (await api('GET', '/credits', { token: member })).body
    return now.reserved === 0 && now.balance === balance ? now : undefined
  })
})
