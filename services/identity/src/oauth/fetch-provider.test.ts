import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { isFlatRenderError } from '@flatrender/contracts/errors'
import { openWebServer } from '@flatrender/platform/testkit'
import { openProviderFetch } from './fetch-provider.ts'

let web: Awaited<ReturnType<typeof openWebServer>>
const asked: string[] = []
before(async () => {
  web = await openWebServer()
  web.answer((request, response) => {
    asked.push(request.url!)
    if (request.url === '/away') response.writeHead(302, { location: '/secret' }).end()
    else if (request.url === '/endless') {
      response.write('x')
      const more = setInterval(() => response.write('x'.repeat(100)), 50)
      response.on('close', () => clearInterval(more))
    } else if (request.url === '/odd') response.writeHead(999).end('no')
    else if (request.url === '/large') response.end('x'.repeat(600_000))
    else response.end('here')
  })
})
after(() => web?.close())

const fetchLocally = openProviderFetch('test', { local: true, milliseconds: 500 })
const fetchPublic = openProviderFetch('test', { local: false, milliseconds: 500 })
const isUnreachable = (reason: RegExp) => (error: unknown) =>
  isFlatRenderError(error, 'OAUTH_PROVIDER_UNREACHABLE') && reason.test(String(error.data.reason))

test('an answer is passed on', async () => {
  const answer = await fetchLocally(`${web.url}/`, { method: 'POST', body: new URLSearchParams({ a: 'b' }) })
  assert.equal(await answer.text(), 'here')
})

test('no redirect is followed, and no answer is long or slow', async () => {
  await assert.rejects(fetchLocally(`${web.url}/away`), isUnreachable(/elsewhere/))
  assert.ok(!asked.includes('/secret'))
  await assert.rejects(fetchLocally(`${web.url}/large`), isUnreachable(/larger/))
  await assert.rejects(fetchLocally(`${web.url}/endless`), isUnreachable(/too long/))
})

test('an answer that no HTTP has fails the login, not the process', async () => {
  await assert.rejects(fetchLocally(`${web.url}/odd`), isUnreachable(/answers with 999/))
})

test('what the network says of a failure is told to those who run us, and to nobody who asks', async () => {
  const told: unknown[] = []
  const report = (error: unknown) => void told.push(error)
  const ask = openProviderFetch('test', { local: true, milliseconds: 2000, report })
  for (const [address, said] of [
    ['https://127.0.0.1:1/', /ECONNREFUSED.*127\.0\.0\.1:1/],
    ['https://nobody.invalid/', /nobody\.invalid/],
    [web.url.replace('http:', 'https:'), /SSL|EPROTO/],
  ] as const) {
    await assert.rejects(ask(address), isUnreachable(/^it can’t be reached$/))
    assert.ok(isUnreachable(said)(told.pop()), address)
  }
})

test('nothing of this machine or a private network is asked, whatever its name', async () => {
  asked.length = 0
  const { port } = new URL(web.url)
  await assert.rejects(fetchPublic(web.url), isUnreachable(/HTTPS/))
  for (const host of ['127.0.0.1', 'localhost', '[::1]', '192.168.0.1', '[fe80::1]', '2130706433'])
    await assert.rejects(fetchPublic(`https://${host}:${port}/`), isUnreachable(/private/), host)
  await assert.rejects(fetchLocally(`http://192.0.2.1:${port}/`), isUnreachable(/HTTPS/))
  assert.deepEqual(asked, [])
})
