import assert from 'node:assert/strict'
import { createHash, randomBytes } from 'node:crypto'
import { after, before, test } from 'node:test'
import { type ErrorCode, isFlatRenderError } from '@flatrender/contracts/errors'
import { openTestStorage, type TestStorage } from '../storage/testbed/open-both.ts'
import { openWebServer, type WebServer } from '../testkit/open-web-server.ts'
import { type Download, fetchToStorage } from './fetch-to-storage.ts'
import { openOutbound } from './open-outbound.ts'

const content = randomBytes(300_000)
let bed: TestStorage
let web: WebServer
before(async () => {
  bed = await openTestStorage('disk')
  web = await openWebServer()
  web.answer((request, response) => {
    const { pathname } = new URL(request.url!, web.url)
    const type = { 'content-type': 'Image/PNG; charset=x' }
    if (pathname === '/pictures/cat%20one.png') response.writeHead(200, type).end(content)
    else if (pathname === '/away') response.writeHead(302, { location: '/pictures/cat%20one.png' }).end()
    else if (pathname === '/announced') response.writeHead(200, { 'content-length': 10 ** 9 }).write('a')
    else if (pathname === '/silent') response.writeHead(200).write('a')
    else if (pathname === '/mute') request.resume()
    else if (pathname === '/broken') {
      response.writeHead(200, { 'content-length': 100 }).write('a')
      setTimeout(() => response.destroy(), 20)
    } else if (pathname === '/drops' || pathname === '/endless') {
      response.writeHead(200)
      const part = pathname === '/drops' ? 'a' : 'a'.repeat(50_000)
      const more = setInterval(() => response.write(part), 10)
      response.on('close', () => clearInterval(more))
    } else response.writeHead(pathname === '/ill' ? 503 : 404).end('no')
  })
})
after(async () => {
  await web?.close()
  await bed?.close()
})

const get = (path: string, more: Partial<Download> = {}) =>
  fetchToStorage(
    { outbound: openOutbound({ allowed: ['127.0.0.1'] }), storage: bed.storage },
    { url: `${web.url}${path}`, key: 'got', maxBytes: 400_000, idleSeconds: 5, totalSeconds: 10, ...more },
  )
const isCode =
  (code: ErrorCode, words = /./) =>
  (error: unknown) => {
    assert.ok(isFlatRenderError(error, code), String(error))
    assert.match(error.message, words)
    return true
  }

test('a file is stored as it comes, also from where its address sends to', async () => {
  for (const path of ['/pictures/cat%20one.png?signature=secret', '/away']) {
    const got = await get(path)
    assert.deepEqual(got, {
      bytes: content.length,
      sha256: createHash('sha256').update(content).digest('hex'),
      contentType: 'image/png',
      name: path === '/away' ? 'away' : 'cat one.png',
    })
    assert.equal((await bed.storage.head('got'))?.contentType, 'image/png')
    await bed.storage.delete('got')
  }
})

test('what is too large is refused, announced or not', async () => {
  await assert.rejects(get('/announced'), isCode('DOWNLOAD_TOO_LARGE'))
  await assert.rejects(get('/endless'), isCode('DOWNLOAD_TOO_LARGE', /400000 bytes/))
})

test('what is too slow is left: silent before or within its body, or dripping for ever', async () => {
  for (const path of ['/silent', '/mute'])
    await assert.rejects(get(path, { idleSeconds: 0.1 }), isCode('DOWNLOAD_TOO_SLOW', /nothing came/))
  await assert.rejects(get('/drops', { totalSeconds: 0.2 }), isCode('DOWNLOAD_TOO_SLOW', /over 0\.2 s/))
})

test('what isn’t there, breaks off or stands beside us is told as what it is', async () => {
  await assert.rejects(get('/nothing?a=secret'), isCode('DOWNLOAD_MISSING', /\/nothing gives no file.*404/))
  await assert.rejects(get('/ill'), isCode('ADDRESS_UNREACHABLE', /503/))
  await assert.rejects(get('/broken'), isCode('ADDRESS_UNREACHABLE', /broke off/))
  await assert.rejects(get('', { url: 'http://10.0.0.1/a' }), isCode('ADDRESS_REFUSED'))
})

test('who gives up ends it', async () => {
  await assert.rejects(get('/drops', { signal: AbortSignal.timeout(100) }), { name: 'TimeoutError' })
})

test('nothing of what failed is stored', async () => {
  assert.equal(await bed.storage.head('got'), undefined)
})
