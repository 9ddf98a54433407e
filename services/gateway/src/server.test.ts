import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { callInProcess } from '@flatrender/platform/service'
import { SECURITY_HEADERS } from './security-headers.ts'
import { openTestbed, STUDIO } from './testbed/open-testbed.ts'
import { createProbe, probeContract } from './testbed/probe-service.ts'

type Gateway = Awaited<ReturnType<typeof openTestbed>>
const TOKEN = 'sixteen letters or more'
const probe = { contract: probeContract, client: callInProcess(createProbe()) }
let direct: Gateway
let behind: Gateway
before(async () => {
  direct = await openTestbed({ probe })
  behind = await openTestbed({ probe }, { trustedProxies: ['127.0.0.0/8', '10.0.0.1'], metricsToken: TOKEN })
})
after(async () => {
  await direct?.close()
  await behind?.close()
})

test('every answer has its id and the security headers', async () => {
  const ids = new Set<string>()
  for (const [path, status] of [
    ['/', 200],
    ['/docs', 200],
    ['/healthz', 200],
    ['/nothing', 404],
    ['/api/v1/greeting', 200],
    ['/api/v1/probes', 405],
    ['/api/v1/probes/x', 401],
    ['/%zz', 400],
  ] as const) {
    const answer = await fetch(direct.url + path, { headers: { 'x-request-id': 'mine' } })
    assert.equal(answer.status, status, path)
    ids.add(answer.headers.get('x-request-id') ?? '')
    for (const [name, value] of Object.entries(SECURITY_HEADERS))
      if (name !== 'content-security-policy') assert.equal(answer.headers.get(name), value, `${path} ${name}`)
    assert.match(answer.headers.get('content-security-policy') ?? '', /^default-src 'none';/)
  }
  assert.equal(ids.size, 8)
  assert.ok(!ids.has('mine') && !ids.has(''))
})

test('a client’s word for its address and host counts only where a trusted proxy passes it on', async () => {
  const forwarded = {
    'x-forwarded-for': '198.51.100.1, 192.0.2.7, 10.0.0.1',
    'x-forwarded-host': STUDIO.host,
  }
  const seen = async (gateway: Gateway) => {
    gateway.asked.length = 0
    gateway.logged.length = 0
    assert.equal((await fetch(`${gateway.url}/api/v1/greeting`, { headers: forwarded })).status, 200)
    while (gateway.logged.length === 0) await new Promise((resolve) => setTimeout(resolve, 50))
    return {
      asked: gateway.asked,
      address: gateway.logged[0]?.address,
      tenantId: gateway.logged[0]?.tenantId,
    }
  }
  // What stands left of the last proxy that isn't ours was written by the client itself.
  assert.deepEqual(await seen(behind), {
    asked: [`tenant ${STUDIO.host} null`],
    address: '192.0.2.7',
    tenantId: STUDIO.id,
  })
  const { address, tenantId } = await seen(direct)
  assert.equal(address, '127.0.0.1')
  assert.notEqual(tenantId, STUDIO.id)
})

test('who speaks for others and isn’t believed is told of once', async () => {
  const open = (trustedProxies: string[]) => openTestbed({ probe }, { trustedProxies })
  for (const [proxies, warnings] of [
    [[], 1],
    [['10.0.0.1'], 1],
    [['127.0.0.1'], 0],
  ] as const) {
    const gateway = await open([...proxies])
    try {
      await fetch(`${gateway.url}/healthz`)
      assert.deepEqual(gateway.warned, [])
      for (let request = 0; request < 3; request++)
        await fetch(`${gateway.url}/healthz`, { headers: { 'x-forwarded-for': '192.0.2.7' } })
      assert.equal(gateway.warned.length, warnings)
      if (warnings > 0) assert.match(gateway.warned[0] ?? '', /^127\.0\.0\.1 .*TRUSTED_PROXIES/)
    } finally {
      await gateway.close()
    }
  }
})

test('/metrics is for this machine, unless it speaks for another; with a token, for who has it', async () => {
  const read = async ({ url }: Gateway, headers: Record<string, string> = {}) =>
    (await fetch(`${url}/metrics`, { headers })).status
  assert.equal(await read(direct), 200)
  for (const name of ['x-forwarded-for', 'x-real-ip', 'forwarded'])
    assert.equal(await read(direct, { [name]: '127.0.0.1' }), 401)
  assert.equal(await read(behind), 401)
  assert.equal(await read(behind, { authorization: `Bearer ${TOKEN}x` }), 401)
  assert.equal(await read(behind, { authorization: `Bearer ${TOKEN}` }), 200)
})

test('while nothing can be asked, it lives and isn’t ready', async () => {
  assert.deepEqual(await (await fetch(`${direct.url}/readyz`)).json(), { state: 'ready' })
  const away = await openTestbed({ probe }, {}, { away: true })
  try {
    assert.equal((await fetch(`${away.url}/healthz`)).status, 200)
    const answer = await fetch(`${away.url}/readyz`)
    assert.equal(answer.status, 503)
    const asked = away.errors.length
    await Promise.all(Array.from({ length: 20 }, () => fetch(`${away.url}/readyz`)))
    assert.ok(away.errors.length - asked < 10)
  } finally {
    await away.close()
  }
})
