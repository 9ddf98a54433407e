import assert from 'node:assert/strict'
import { test } from 'node:test'
import { callInProcess, streamInProcess } from '@flatrender/platform/service'
import { KEYS, openTestbed, STUDIO } from '../testbed/open-testbed.ts'
import { createProbe, probeContract } from '../testbed/probe-service.ts'
import { talk } from '../testbed/talk.ts'

const probe = { contract: probeContract, client: callInProcess(createProbe()) }
type Gateway = Awaited<ReturnType<typeof openTestbed>>
async function behindGateway(config: object, work: (gateway: Gateway) => Promise<void>): Promise<void> {
  const gateway = await openTestbed({ probe }, config)
  try {
    await work(gateway)
  } finally {
    await gateway.close()
  }
}

test('whatever is refused counts: unknown routes, methods, types, sizes, broken JSON and paths', async () => {
  const json = { 'content-type': 'application/json' }
  const refused: [string, RequestInit, number][] = [
    ['/api/v1/nothing', {}, 404],
    ['/nothing', { method: 'POST', body: '{', headers: json }, 404],
    ['/api/v1/probes', { method: 'PUT' }, 405],
    ['/api/v1/probes', { method: 'POST', body: '{"name":', headers: json }, 401],
    ['/api/v1/probes', { method: 'POST', body: 'a=b' }, 401],
    ['/api/v1/greeting', {}, 200],
  ]
  const visitorLimit = refused.length + 2
  await behindGateway({ visitorLimit }, async ({ url, port }) => {
    for (const [index, [path, init, status]] of refused.entries()) {
      const answer = await fetch(url + path, init)
      assert.equal(answer.status, status, path)
      assert.match(
        answer.headers.get('ratelimit') ?? '',
        new RegExp(`^"visitor";r=${visitorLimit - index - 1};`),
      )
    }
    for (const path of ['/%zz', '/api/v1/greeting']) {
      const head = `GET ${path} HTTP/1.1\r\nhost: ${path === '/%zz' ? 'a' : 'a b'}\r\nconnection: close\r\n\r\n`
      assert.match(await talk(port, head), /^HTTP\/1\.1 400 /)
    }
    const unreadable = await talk(port, 'GET /%zz HTTP/1.1\r\nhost: a\r\nconnection: close\r\n\r\n')
    assert.match(unreadable, /^HTTP\/1\.1 429 [\s\S]*retry-after: \d+[\s\S]*RATE_LIMITED/)
    for (const [path, init] of refused) {
      const answer = await fetch(url + path, init)
      assert.equal(answer.status, 429, path)
      assert.match(answer.headers.get('ratelimit') ?? '', /^"visitor";r=0;t=\d+$/)
      assert.match(answer.headers.get('retry-after') ?? '', /^\d+$/)
      assert.equal(((await answer.json()) as { code: string }).code, 'RATE_LIMITED')
    }
    for (const path of ['/', '/docs', '/metrics', '/healthz', '/readyz'])
      assert.equal((await fetch(url + path)).status, 200, path)
  })
})

test('guessers are limited, and a token or key that was right before still passes beside them', async () => {
  await behindGateway({ visitorLimit: 5 }, async ({ url, asked, sign }) => {
    const ask = async (credential: string, path = '/api/v1/greeting') =>
      (await fetch(url + path, { headers: { authorization: `Bearer ${credential}` } })).status
    const token = await sign()
    assert.equal(await ask(KEYS.ours), 200)
    const guesses = await Promise.all(Array.from({ length: 20 }, (_, index) => ask(`junk${index}`)))
    assert.deepEqual(guesses.filter((status) => status === 401).length, 5)
    assert.deepEqual(guesses.filter((status) => status === 429).length, 15)
    const right = await Promise.all(Array.from({ length: 20 }, () => ask(token)))
    assert.deepEqual(new Set(right), new Set([200]))
    assert.equal(await ask(KEYS.ours), 200)
    // What only looks like one is not looked up.
    asked.length = 0
    for (const wrong of ['fr_live_guess', `${token.slice(0, -8)}AAAAAAAA`, await sign({ expired: true })])
      assert.equal(await ask(wrong), 429)
    assert.deepEqual(asked, [])
    assert.equal(await ask(token, '/api/v1/nothing'), 429)
  })
})

test('pages have a limit of their own, and so have wrong tokens for the numbers', async () => {
  const metricsToken = 'sixteen letters or more'
  await behindGateway({ visitorLimit: 3, metricsToken }, async ({ url }) => {
    const ask = async (path: string, token?: string) =>
      (await fetch(url + path, token === undefined ? {} : { headers: { authorization: `Bearer ${token}` } }))
        .status
    const pages = []
    for (const path of ['/', '/docs', '/docs/errors', '/']) pages.push(await ask(path))
    assert.deepEqual(pages, [200, 200, 200, 429])
    assert.equal(await ask('/api/v1/greeting'), 200)
    const wrong = []
    for (let request = 0; request < 4; request++) wrong.push(await ask('/metrics', 'wrong'))
    assert.deepEqual(wrong, [401, 401, 401, 429])
    for (let request = 0; request < 5; request++) assert.equal(await ask('/metrics', metricsToken), 200)
  })
})

test('a body too large, of another type or broken counts for whoever sends it', async () => {
  await behindGateway({ keyLimit: 4, bodyLimit: 100 }, async ({ url }) => {
    const authorization = `Bearer ${KEYS.ours}`
    const send = (body: string, type = 'application/json') =>
      fetch(`${url}/api/v1/probes`, {
        method: 'POST',
        body,
        headers: { authorization, 'content-type': type },
      })
    const statuses = []
    for (const answer of [
      await send(`{"name":"${'a'.repeat(200)}"}`),
      await send('a=b', 'text/plain'),
      await send('{"name":'),
      await send('{"name":7}'),
      await send('{"name":"a"}'),
    ])
      statuses.push([answer.status, answer.headers.get('ratelimit')?.replace(/;t=.*/, '')])
    assert.deepEqual(statuses, [
      [413, '"key";r=3'],
      [415, '"key";r=2'],
      [400, '"key";r=1'],
      [400, '"key";r=0'],
      [429, '"key";r=0'],
    ])
  })
})

test('made-up hosts, slugs and keys look nothing up once the address has used up what it may', async () => {
  await behindGateway({ visitorLimit: 5, trustedProxies: ['127.0.0.1'] }, async ({ url, asked }) => {
    const flood = async (headersOf: (index: number) => Record<string, string>) => {
      asked.length = 0
      const answers = await Promise.all(
        Array.from({ length: 40 }, (_, index) =>
          fetch(`${url}/api/v1/greeting`, {
            headers: { 'x-forwarded-for': '192.0.2.1', ...headersOf(index) },
          }),
        ),
      )
      assert.equal(answers.filter(({ status }) => status === 429).length, 35)
      return asked.length
    }
    assert.equal(await flood((index) => ({ 'x-forwarded-host': `host${index}.example` })), 5)
    assert.equal(await flood((index) => ({ 'x-forwarded-for': '192.0.2.2', 'x-tenant': `slug${index}` })), 5)
    const made = (index: number) => ({
      'x-forwarded-for': '192.0.2.3',
      authorization: `Bearer fr_live_${index}`,
    })
    assert.ok((await flood(made)) <= 10)
    asked.length = 0
    const beside = await fetch(`${url}/api/v1/greeting`, { headers: { 'x-forwarded-for': '192.0.2.4' } })
    assert.equal(beside.status, 200)
  })
})

test('what is got by rightly signed addresses counts for nobody, whose network is too busy for others; what is wrong counts', async () => {
  const route = {
    method: 'GET',
    path: '/signed/*',
    access: 'anyone',
    bodyLimit: 0,
    idleSeconds: 1,
  } as const
  const routes = { get: route }
  const give = async () => ({ status: 200, headers: {}, body: null })
  const files = {
    routes,
    client: streamInProcess(routes, { get: give }),
    isSigned: ({ method, url }: { method: string; url: string }) =>
      `${method} ${url}` === 'GET /signed/right',
  }
  const gateway = await openTestbed({ probe }, { visitorLimit: 3, tenantLimit: 10 }, { streams: { files } })
  try {
    const ask = (path: string, headers = {}) => fetch(`${gateway.url}/api/v1${path}`, { headers })
    const manyRight = async () => {
      for (let request = 0; request < 20; request++) {
        const answer = await ask('/signed/right')
        assert.deepEqual([answer.status, answer.headers.get('ratelimit')], [200, null])
      }
    }
    await manyRight()
    const wrong = []
    for (let request = 0; request < 4; request++) wrong.push((await ask('/signed/wrong')).status)
    assert.deepEqual(wrong, [200, 200, 200, 429])
    assert.equal((await ask('/greeting')).status, 429)
    await manyRight()
    // A key stays counted, whatever it is sent with.
    const withKey = await ask('/signed/right', { authorization: `Bearer ${KEYS.ours}` })
    assert.match(withKey.headers.get('ratelimit') ?? '', /^"tenant";r=6;/)
  } finally {
    await gateway.close()
  }
})

test('addresses of one /64 are one, and its visitors don’t keep those out who prove who they are', async () => {
  await behindGateway({ visitorLimit: 3, trustedProxies: ['127.0.0.1'] }, async ({ url }) => {
    const ask = async (address: string, headers = {}) =>
      (await fetch(`${url}/api/v1/greeting`, { headers: { 'x-forwarded-for': address, ...headers } })).status
    const statuses = []
    for (let host = 1; host <= 5; host++) statuses.push(await ask(`2001:db8:1:1::${host}`))
    assert.deepEqual(statuses, [200, 200, 200, 429, 429])
    assert.equal(await ask('2001:db8:1:2::1'), 200)
    for (let request = 0; request < 6; request++)
      assert.equal(await ask('2001:db8:1:1::9', { authorization: `Bearer ${KEYS.ours}` }), 200)
  })
})

test('a flood of visitors from everywhere leaves half of the tenant’s limit to its keys', async () => {
  await behindGateway({ tenantLimit: 10, trustedProxies: ['127.0.0.1'] }, async ({ url }) => {
    const ask = async (headers: Record<string, string>) =>
      (await fetch(`${url}/api/v1/greeting`, { headers: { 'x-tenant': STUDIO.slug, ...headers } })).status
    const visitors = []
    for (let host = 0; host < 20; host++) visitors.push(await ask({ 'x-forwarded-for': `192.0.2.${host}` }))
    assert.equal(visitors.filter((status) => status === 200).length, 5)
    const keys = []
    for (let request = 0; request < 6; request++)
      keys.push(await ask({ authorization: `Bearer ${KEYS.theirs}` }))
    assert.deepEqual(keys, [200, 200, 200, 200, 200, 429])
  })
})
