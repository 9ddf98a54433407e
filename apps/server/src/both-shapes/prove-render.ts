import assert from 'node:assert/strict'
import { createHash } from 'node:crypto'
import { eventually, joinTenant, openApi } from '../testbed/api-client.ts'
import { probeVideo } from '../testbed/probe-video.ts'
import type { Opened } from './opened.ts'

/** A member's video is rendered, watched, paid and got. */
export async function proveRender({ installation, home }: Opened): Promise<void> {
  const api = openApi(installation.url)
  const login = { email: 'owner@flatrender.local', password: installation.ownerPassword }
  const owner = (await api('POST', '/auth/login', { body: login })).body.accessToken
  const { accessToken: token } = await joinTenant(api, home, 'ziba@example.com')
  const { accountId } = (await api('GET', '/credits', { token })).body
  const grant = { accountId, amount: 10, reference: 'test' }
  assert.equal((await api('POST', '/credits/grants', { token: owner, body: grant })).status, 201)

  const output = { container: 'mp4', resolution: '144p', quality: 'draft', range: [1, 2] }
  const wish = { template: 'logo-reveal', modifications: { name: 'Apart' }, output }
  const { status, body } = await api('POST', '/renders', { token, body: wish })
  assert.equal(status, 202, JSON.stringify(body))
  const answer = await fetch(`${installation.url}/api/v1/renders/${body.id}/events`, {
    headers: { authorization: `Bearer ${token}` },
  })
  // It ends with the render.
  const told = await answer.text()
  const states = [...told.matchAll(/^data: (\{.*\})$/gm)].map(([, data]) => JSON.parse(data!).state)
  assert.equal(states.at(-1), 'succeeded', told)

  const [file] = (await api('GET', `/renders/${body.id}`, { token })).body.exports
  const { url } = (await api('GET', `/exports/${file.id}`, { token })).body
  // Its host is that of browsers; here another port is taken.
  const { pathname, search } = new URL(url, installation.url)
  const video = await (await fetch(`${installation.url}${pathname}${search}`)).bytes()
  assert.equal(createHash('sha256').update(video).digest('hex'), file.sha256)
  const { kind, width, height, seconds } = await probeVideo(home, video)
  assert.deepEqual([kind, width, height, Math.round(seconds)], ['video', 256, 144, 1])

  const left = await eventually(30, async () => {
    const credits = (await api('GET', '/credits', { token })).body
    return credits.reserved === 0 ? credits.balance : undefined
  })
  assert.equal(left, 9)
  const snapshot = {
    template: 'logo-reveal',
    scene: 'wordmark',
    width: 160,
    modifications: wish.modifications,
  }
  const asked = await api('POST', '/snapshots', { token, body: snapshot })
  assert.equal(asked.status, 202, JSON.stringify(asked.body))
  await eventually(60, async () => {
    const again = await api('POST', '/snapshots', { token, body: snapshot })
    assert.ok(['preparing', 'painting', 'ready'].includes(again.body.state), JSON.stringify(again.body))
    return again.status === 200 ? again : undefined
  })
}
