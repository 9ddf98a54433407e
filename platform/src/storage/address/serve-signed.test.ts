import assert from 'node:assert/strict'
import { randomBytes } from 'node:crypto'
import { buffer, text } from 'node:stream/consumers'
import { after, before, test } from 'node:test'
import type { SignOptions, Storage } from '../storage.ts'
import { openTestStorage, type TestStorage } from '../testbed/open-both.ts'
import { type SignedRequest, serveSigned } from './serve-signed.ts'
import { signAddress } from './sign-address.ts'

let bed: TestStorage
let storage: Storage
before(async () => {
  bed = await openTestStorage('disk')
  storage = bed.storage
  await storage.put('a/فیلم.mp4', Buffer.from('0123456789'), { contentType: 'video/mp4' })
})
after(() => bed?.close())

const KEY = 'a/فیلم.mp4'
const sign = async (more: Partial<SignOptions> & { key?: string } = {}) => {
  const { key = KEY, ...options } = more
  const address = await storage.sign(key, { method: 'get', expiresIn: 60, ...options })
  return address.slice('/files'.length)
}
const ask = async (url: string, headers: SignedRequest['headers'] = {}, method = 'GET', body?: string) => {
  const answer = await serveSigned(bed, {
    method,
    url,
    headers,
    ...(body !== undefined && {
      body: (async function* () {
        yield Buffer.from(body)
      })(),
    }),
  })
  return { ...answer, text: answer.stream === null ? null : await text(answer.stream) }
}

test('an address gives the file, as what it is, to be saved under its name', async () => {
  const answer = await ask(await sign())
  assert.deepEqual([answer.status, answer.text], [200, '0123456789'])
  assert.equal(answer.headers['content-type'], 'video/mp4')
  assert.equal(answer.headers['content-length'], '10')
  assert.equal(
    answer.headers['content-disposition'],
    `attachment; filename="____.mp4"; filename*=UTF-8''%D9%81%DB%8C%D9%84%D9%85.mp4`,
  )
  assert.equal(answer.headers['x-content-type-options'], 'nosniff')
  const named = await ask(await sign({ filename: 'my "best" (1).mp4' }))
  assert.equal(
    named.headers['content-disposition'],
    `attachment; filename="my _best_ (1).mp4"; filename*=UTF-8''my%20%22best%22%20%281%29.mp4`,
  )
  const head = await ask(await sign(), {}, 'HEAD')
  assert.deepEqual([head.status, head.text, head.headers['content-length']], [200, null, '10'])
})

test('a range gives its part; one without bytes is 416; one that isn’t understood is none', async () => {
  const url = await sign()
  const part = await ask(url, { range: 'bytes=2-4' })
  assert.deepEqual([part.status, part.text], [206, '234'])
  assert.equal(part.headers['content-range'], 'bytes 2-4/10')
  assert.equal(part.headers['content-length'], '3')
  assert.equal((await ask(url, { range: 'bytes=-3' })).text, '789')
  assert.equal((await ask(url, { range: 'bytes=8-' })).text, '89')
  const none = await ask(url, { range: 'bytes=10-' })
  assert.deepEqual([none.status, none.headers['content-range'], none.text], [416, 'bytes */10', null])
  for (const range of ['bytes=0-1,3-4', 'bytes=4-2', 'bytes=-', 'lines=1-2', 'bytes=a-b'])
    assert.deepEqual([(await ask(url, { range })).status, range], [200, range])
})

test('who has it already gets nothing again; a part goes only with what it is a part of', async () => {
  const url = await sign()
  const { etag } = (await ask(url)).headers
  assert.deepEqual([(await ask(url, { 'if-none-match': `"x", ${etag}` })).status], [304])
  assert.equal((await ask(url, { 'if-none-match': '"x"' })).status, 200)
  assert.equal((await ask(url, { range: 'bytes=0-1', 'if-range': etag })).status, 206)
  assert.equal((await ask(url, { range: 'bytes=0-1', 'if-range': '"x"' })).status, 200)
})

test('a signed PUT stores, if all of it came', async () => {
  const url = await sign({ method: 'put', key: 'new' })
  const answer = await ask(url, { 'content-type': 'text/plain', 'content-length': '5' }, 'PUT', 'hello')
  assert.deepEqual([answer.status, answer.headers.etag], [201, (await storage.head('new'))?.etag])
  assert.equal((await storage.head('new'))?.contentType, 'text/plain')
  await assert.rejects(ask(url, { 'content-length': '6' }, 'PUT', 'hello'), { code: 'STORED_FILE_DIFFERS' })
})

test('an address for so many bytes takes no more and no fewer', async () => {
  const url = await sign({ method: 'put', key: 'sized', bytes: 5 })
  for (const body of ['hell', 'hello there'])
    for (const headers of [{}, { 'content-length': String(body.length) }, { 'content-length': '5' }])
      await assert.rejects(ask(url, headers, 'PUT', body), { code: 'STORED_FILE_DIFFERS' })
  assert.equal((await ask(url, {}, 'PUT', 'hello')).status, 201)
  const more = url.replace('bytes=5', 'bytes=50')
  await assert.rejects(ask(more, {}, 'PUT', 'hello'), { code: 'STORED_ADDRESS_INVALID' })
  await assert.rejects(ask(url.replace('&bytes=5', ''), {}, 'PUT', 'hello'), {
    code: 'STORED_ADDRESS_INVALID',
  })
})

test('a PUT that breaks goes on where it broke, by who has the address alone, and a go that fits nowhere changes nothing', async () => {
  const whole = randomBytes(1_000_000)
  const url = await sign({ method: 'put', key: 'long', bytes: whole.length })
  const put = (content: Buffer, headers: Record<string, string>, breaksAt = content.length) =>
    serveSigned(bed, {
      method: 'PUT',
      url,
      headers,
      body: (async function* () {
        for (let at = 0; at < breaksAt; at += 100_000)
          yield content.subarray(at, Math.min(at + 100_000, breaksAt))
        if (breaksAt < content.length) throw new DOMException('the client left', 'AbortError')
      })(),
    })
  const came = async () => (await ask(url, {}, 'HEAD')).headers['upload-offset']
  const rest = (from: number, breaksAt?: number) => {
    const content = whole.subarray(from)
    return put(content, { 'content-range': `bytes ${from}-${whole.length - 1}/${whole.length}` }, breaksAt)
  }
  assert.equal(await came(), '0')
  await assert.rejects(put(whole, { 'content-length': String(whole.length) }, 300_000), {
    name: 'AbortError',
  })
  assert.equal(await storage.head('long'), undefined)
  assert.equal(await came(), '300000')
  const wrong = await rest(200_000)
  assert.deepEqual([wrong.status, wrong.headers['upload-offset']], [409, '300000'])
  await assert.rejects(rest(300_000, 250_000), { name: 'AbortError' })
  assert.equal(await came(), '550000')
  assert.equal((await rest(550_000)).status, 201)
  assert.ok((await buffer((await storage.get('long')).stream)).equals(whole))
  assert.equal(await came(), '0')
  // The part is gone: nobody goes on with it twice.
  assert.equal((await rest(550_000)).status, 409)
  const other = (await sign({ method: 'put', key: 'long', bytes: 5 })).replace(/signature=../, 'signature=AA')
  await assert.rejects(ask(other, {}, 'HEAD'), { code: 'STORED_ADDRESS_INVALID' })
})

test('of two that go on with one file at once one does, and what comes is whole', async () => {
  const whole = randomBytes(400_000)
  const url = await sign({ method: 'put', key: 'twice', bytes: whole.length })
  const put = (from: number, breaks = false) =>
    serveSigned(bed, {
      method: 'PUT',
      url,
      headers: { 'content-range': `bytes ${from}-${whole.length - 1}/${whole.length}` },
      body: (async function* () {
        yield whole.subarray(from, breaks ? 100_000 : undefined)
        if (breaks) throw new DOMException('the client left', 'AbortError')
      })(),
    })
  await assert.rejects(put(0, true), { name: 'AbortError' })
  const statuses = (await Promise.all([put(100_000), put(100_000)])).map(({ status }) => status)
  assert.deepEqual(statuses.toSorted(), [201, 409])
  assert.ok((await buffer((await storage.get('twice')).stream)).equals(whole))
})

test('whatever is changed of an address, it opens nothing', async () => {
  const url = await sign({ filename: 'a.mp4' })
  const put = await sign({ method: 'put' })
  const later = (address: string) => address.replace(/expires=\d+/, 'expires=99999999999')
  const wrong: [string, string?][] = [
    [url, 'PUT'],
    [url, 'DELETE'],
    [put, 'GET'],
    [later(url)],
    [url.replace('/a/', '/b/')],
    [url.replace('a.mp4', 'b.exe')],
    [url.replace(/signature=../, 'signature=AA')],
    [url.replace(/&signature=.*/, '')],
    [`${url}&filename=b.exe`],
    [url.replace('/a/', '/a/../a/%2e%2e/')],
    ['/'],
    ['/%ff?signature=a'],
    ['//elsewhere/a'],
  ]
  for (const [address, method = 'GET'] of wrong)
    await assert.rejects(ask(address, {}, method), { code: 'STORED_ADDRESS_INVALID' }, `${method} ${address}`)
})

test('it ends, and goes with the secret key; a former key’s still open', async () => {
  const options = { baseUrl: '', key: KEY, method: 'get', expiresIn: 60 } as const
  const other = { present: randomBytes(32), former: [] }
  await assert.rejects(ask(signAddress(other, options)), { code: 'STORED_ADDRESS_INVALID' })
  const old = signAddress({ present: bed.secretKeys.present, former: [] }, options)
  const request = { method: 'GET', url: old, headers: {} }
  const rotated = { present: randomBytes(32), former: [bed.secretKeys.present] }
  const answer = await serveSigned({ storage, secretKeys: rotated }, request)
  assert.equal(await text(answer.stream!), '0123456789')
  const short = signAddress(bed.secretKeys, { ...options, expiresIn: 0.001 })
  const expires = Number(/expires=(\d+)/.exec(short)![1]) * 1000
  await new Promise((resolve) => setTimeout(resolve, Math.max(0, expires - Date.now()) + 20))
  await assert.rejects(ask(short), { code: 'STORED_ADDRESS_INVALID' })
})
