import assert from 'node:assert/strict'
import { text } from 'node:stream/consumers'
import { after, before, test } from 'node:test'
import { type ErrorCode, isFlatRenderError } from '@flatrender/contracts/errors'
import { openWebServer, type WebServer } from '../testkit/open-web-server.ts'
import { openOutbound } from './open-outbound.ts'

let web: WebServer
const asked: string[] = []
before(async () => {
  web = await openWebServer()
  const { port } = new URL(web.url)
  const places: Readonly<Record<string, string>> = {
    '/once': '/here',
    '/loop': '/loop',
    // The server itself by another of its names, and what no exception names.
    '/inward': `http://localhost:${port}/secret`,
    '/mapped': `http://[::ffff:192.168.1.1]:${port}/secret`,
    '/file': 'file:///etc/passwd',
    '/user': `http://a:b@127.0.0.1:${port}/secret`,
  }
  web.answer((request, response) => {
    asked.push(`${request.method} ${request.url}`)
    const location = places[request.url!]
    if (location !== undefined) response.writeHead(302, { location }).end()
    else response.end('here')
  })
})
after(() => web?.close())

const open = openOutbound({ allowed: ['127.0.0.1'] })
const closed = openOutbound({ allowed: [] })
const signal = () => AbortSignal.timeout(5000)
const isCode = (code: ErrorCode, reason: RegExp) => (error: unknown) => {
  assert.ok(isFlatRenderError(error, code), String(error))
  assert.match(String(error.data.reason), reason)
  return true
}

test('an allowed address is asked, and its answer given', async () => {
  const answer = await open.send(`${web.url}/?a`, { method: 'POST', body: 'é', signal: signal() })
  assert.deepEqual([answer.statusCode, await text(answer)], [200, 'here'])
  assert.equal(asked.at(-1), 'POST /?a')
})

test('nothing beside us is reached, whatever it is called', async () => {
  asked.length = 0
  const { port } = new URL(web.url)
  for (const host of [
    '127.0.0.1',
    'localhost',
    'LOCALHOST.',
    'a.localhost',
    '[::1]',
    '[::ffff:127.0.0.1]',
    '[64:ff9b::7f00:1]',
    '2130706433',
    '0x7f.1',
    '0',
    '10.0.0.1',
    '100.64.0.1',
    '169.254.169.254',
    '192.168.0.1',
    '[fe80::1]',
    '[fd00:ec2::254]',
  ])
    await assert.rejects(
      closed.send(`http://${host}:${port}/`, { signal: signal() }),
      isCode('ADDRESS_REFUSED', /private/),
      host,
    )
  assert.deepEqual(asked, [])
})

test('an exception opens what it names and nothing else', async () => {
  const { port } = new URL(web.url)
  for (const host of ['127.0.0.2', '[::1]', '10.0.0.1'])
    await assert.rejects(
      open.send(`http://${host}:${port}/`, { signal: signal() }),
      isCode('ADDRESS_REFUSED', /private/),
    )
})

test('what is no http address is refused', () => {
  for (const address of ['', 'nowhere', 'ftp://example.com/a', 'file:///etc/passwd', 'javascript:1'])
    assert.throws(() => open.assertCallable(address), isCode('ADDRESS_REFUSED', /no address|not http/))
  assert.throws(() => open.assertCallable('http://a:b@example.com/'), isCode('ADDRESS_REFUSED', /password/))
  open.assertCallable('https://example.com/hook?secret=1')
})

test('a refusal names the address without what may be secret in it', () => {
  assert.throws(
    () => closed.assertCallable('http://me:p4ss@127.0.0.1/hook?token=abc#d'),
    (error: Error) => !/p4ss|abc|me:/.test(error.message) && error.message.includes('http://127.0.0.1/hook'),
  )
})

test('redirects are followed where that is wanted, each looked at as the first', async () => {
  const go = (path: string, redirects: number) =>
    open.send(`${web.url}${path}`, { signal: signal(), redirects })
  assert.equal((await go('/once', 0)).statusCode, 302)
  assert.equal((await go('/once', 1)).statusCode, 200)
  await assert.rejects(go('/loop', 3), isCode('ADDRESS_UNREACHABLE', /without end/))
  asked.length = 0
  for (const path of ['/mapped', '/file', '/user'])
    await assert.rejects(go(path, 3), isCode('ADDRESS_REFUSED', /private|http|password/), path)
  assert.ok(!asked.includes('GET /secret'))
})

test('what can’t be reached says so, and the signal ends what is slow', async () => {
  await assert.rejects(
    open.send('http://127.0.0.1:1/', { signal: signal() }),
    isCode('ADDRESS_UNREACHABLE', /ECONNREFUSED/),
  )
  await assert.rejects(
    open.send('https://nobody.invalid/', { signal: signal() }),
    isCode('ADDRESS_UNREACHABLE', /ENOTFOUND|EAI_AGAIN/),
  )
  const late = AbortSignal.abort(new Error('late'))
  await assert.rejects(open.send(web.url, { signal: late }), /late/)
})
