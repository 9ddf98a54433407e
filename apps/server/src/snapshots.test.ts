import assert from 'node:assert/strict'
import { createHash } from 'node:crypto'
import { after, before, test } from 'node:test'
import { type Api, eventually, joinTenant, openApi } from './testbed/api-client.ts'
import { makeHome } from './testbed/run-server.ts'
import { type Installation, runShape } from './testbed/run-shape.ts'

let home: Awaited<ReturnType<typeof makeHome>>
let installation: Installation
let api: Api
let member: string

before(async () => {
  home = await makeHome()
  installation = await runShape('together', home.home, { FLATRENDER_NODE_WORKERS: '1' })
  api = openApi(installation.url)
  member = (await joinTenant(api, home.home, 'sara@example.com')).accessToken
})

after(async () => {
  await installation?.stop()
  await home?.remove()
})

const submit = (body: object) => api('POST', '/snapshots', { token: member, body })
const wish = { template: 'logo-reveal', scene: 'wordmark', width: 320, modifications: { name: 'Lumo' } }

test('a picture of a scene comes over HTTP, and the same request finds it', async () => {
  const asked = await submit(wish)
  assert.equal(asked.status, 202, JSON.stringify(asked.body))
  const ready = await eventually(60, async () => {
    const { body } = await api('GET', `/snapshots/${asked.body.id}`, { token: member })
    assert.notEqual(body.state, 'failed', JSON.stringify(body))
    return body.state === 'ready' ? body : undefined
  })
  // Its host is that of browsers; here another port is taken.
  const { pathname, search } = new URL(ready.url, installation.url)
  const picture = Buffer.from(await (await fetch(`${installation.url}${pathname}${search}`)).arrayBuffer())
  assert.equal(createHash('sha256').update(picture).digest('hex'), ready.sha256)
  assert.deepEqual([picture.readUInt32BE(16), picture.readUInt32BE(20)], [320, 180])
  const again = await submit(wish)
  assert.equal(again.status, 200)
  assert.deepEqual([again.body.id, again.body.state], [asked.body.id, 'ready'])
})

test('what cannot be painted is refused with what would do', async () => {
  const unknown = await submit({ ...wish, template: 'no-such-template' })
  assert.deepEqual([unknown.status, unknown.body.code], [404, 'TEMPLATE_UNKNOWN'])
  const scene = await submit({ ...wish, scene: 'nowhere' })
  assert.deepEqual([scene.status, scene.body.code], [422, 'SCENE_UNKNOWN'])
  const large = await submit({ ...wish, width: 3840 })
  assert.deepEqual([large.status, large.body.code], [403, 'RENDER_OVER_PLAN'])
  const body = await submit({ ...wish, colour: 'red' })
  assert.equal(body.status, 400)
})
