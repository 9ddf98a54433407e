import assert from 'node:assert/strict'
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { test } from 'node:test'
import { chromiumMissing } from './launch-chromium.ts'
import { openLoginPage } from './open-login-page.ts'

const main = path.join(import.meta.dirname, '../../../apps/server/src/main.ts')
const EMAIL = 'owner@flatrender.local'

/** An installation that believes to be found at this address. */
async function startServer(home: string, publicUrl: string) {
  const server = spawn(process.execPath, [main], {
    env: {
      ...process.env,
      FLATRENDER_HOME: home,
      FLATRENDER_PUBLIC_URL: publicUrl,
      FLATRENDER_PORT: '0',
      FLATRENDER_INTERNAL_PORT: '0',
    },
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  let text = ''
  const ended = once(server, 'exit')
  for await (const chunk of server.stdout.setEncoding('utf8').iterator({ destroyOnReturn: false })) {
    text += chunk
    if (text.includes('Running at ')) break
  }
  server.stdout.resume()
  const [, url] = /Running at (\S+);/.exec(text) ?? []
  const [, password] = /their password (\S+)/.exec(text) ?? []
  const stop = async () => {
    server.kill('SIGINT')
    await ended
  }
  return { url: `${url}/api/v1`, password: password!, stop }
}

test('a Chromium’s security key is set up, finishes a login and proves it again', {
  skip: chromiumMissing,
}, async (t) => {
  const stack = new AsyncDisposableStack()
  t.after(() => stack.disposeAsync())
  const page = await openLoginPage()
  stack.defer(() => page.close())
  const home = await mkdtemp(path.join(tmpdir(), 'flatrender-webauthn-'))
  stack.defer(() => rm(home, { recursive: true, force: true }))
  const { url, password, stop } = await startServer(home, page.origin)
  stack.defer(stop)
  const post = async (route: string, body: unknown, token?: string) => {
    const answer = await fetch(`${url}${route}`, {
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        ...(token !== undefined && { authorization: `Bearer ${token}` }),
      },
      body: JSON.stringify(body),
    })
    // biome-ignore lint/suspicious/noExplicitAny: answers of every shape.
    return { status: answer.status, body: (await answer.json()) as any }
  }
  const { accessToken: first } = (await post('/auth/login', { email: EMAIL, password })).body
  const options = await post('/me/factors/webauthn', { name: 'key' }, first)
  assert.equal(options.status, 201)
  const attestation = await page.create(options.body)
  const added = await post('/me/factors/webauthn/verify', { attestation }, first)
  assert.equal(added.status, 201, JSON.stringify(added.body))
  assert.deepEqual([added.body.factor.kind, added.body.recoveryCodes.length], ['webauthn', 10])
  // The key says itself that it is here already.
  const again = await post('/me/factors/webauthn', {}, first)
  await assert.rejects(page.create(again.body), /InvalidStateError|excluded|already registered/)

  const { mfaToken, kinds } = (await post('/auth/login', { email: EMAIL, password })).body
  assert.deepEqual(kinds, ['webauthn', 'recovery_code'])
  const asked = await post('/auth/login/second/webauthn', { mfaToken })
  const assertion = await page.get(asked.body)
  const second = await post('/auth/login/second', { mfaToken, assertion })
  assert.equal(second.status, 200, JSON.stringify(second.body))
  const { accessToken } = second.body
  const question = await post('/auth/step-up/webauthn', {}, accessToken)
  const proof = { assertion: await page.get(question.body) }
  assert.equal((await post('/auth/step-up', proof, accessToken)).status, 200)
  assert.equal((await post('/auth/step-up', proof, accessToken)).body.code, 'WEBAUTHN_REFUSED')
})
