import assert from 'node:assert/strict'
import { createHash } from 'node:crypto'
import { once } from 'node:events'
import { type ClientRequest, type IncomingMessage, request } from 'node:http'
import { describe, test } from 'node:test'
import { setTimeout } from 'node:timers/promises'
import { KEYS, openTestbed, STUDIO } from '../testbed/open-testbed.ts'
import { type ReachedStreams, streamShapes } from '../testbed/stream-shapes.ts'
import { talk } from '../testbed/talk.ts'

const authorization = `Bearer ${KEYS.ours}`
type Bed = Awaited<ReturnType<typeof openTestbed>>

async function until(seconds: number, holds: () => boolean): Promise<void> {
  const end = performance.now() + seconds * 1000
  while (!holds()) {
    assert.ok(performance.now() < end, `not within ${seconds} s`)
    await setTimeout(20)
  }
}

/** What a problem's body says. */
const codeOf = async (answer: Response) => ((await answer.json()) as { code: string }).code

for (const [shape, open] of Object.entries(streamShapes))
  describe(shape, { concurrency: true }, () => {
    /** Opens a gateway before the probe, lets a test work with both, and looks that nothing was a bug. */
    async function pass(
      work: (gateway: Bed, probe: ReachedStreams) => Promise<void>,
      { bugs = 0, config = {} } = {},
    ) {
      const probe = await open()
      const gateway = await openTestbed({}, { requestTimeout: 1500, ...config }, { streams: { probe } })
      try {
        await work(gateway, probe)
        assert.equal(gateway.errors.length, bugs, String(gateway.errors))
        assert.equal(probe.errors.length, shape === 'apart' ? bugs : 0, String(probe.errors))
      } finally {
        await gateway.close()
        await probe.close()
      }
    }
    const ask = ({ url }: Bed, method: string, path: string, init: RequestInit = {}) =>
      fetch(`${url}/api/v1${path}`, { method, ...init, headers: { authorization, ...init.headers } })
    /** A request that is sent piece by piece. */
    const begin = ({ url }: Bed, method: string, path: string, headers = {}): ClientRequest => {
      const sent = request(`${url}/api/v1${path}`, { method, headers: { authorization, ...headers } })
      return sent.on('error', () => {})
    }
    const answerOf = async (sent: ClientRequest) => (await once(sent, 'response'))[0] as IncomingMessage

    test('the first byte is answered while the sender is still sending', () =>
      pass(async (gateway) => {
        const sent = begin(gateway, 'POST', '/echo')
        sent.write('one')
        const answer = await answerOf(sent)
        assert.equal(String((await once(answer, 'data'))[0]), 'one')
        sent.write('two')
        assert.equal(String((await once(answer, 'data'))[0]), 'two')
        sent.end()
        await once(answer, 'end')
      }))

    test('it is like any other route: headers, limits, methods, request log, pages of the tenant', () =>
      pass(async (gateway, probe) => {
        const answer = await ask(gateway, 'GET', '/gifts/3', {
          headers: { cookie: 'a=b', range: 'bytes=0-' },
        })
        assert.equal(await answer.text(), 'fla')
        assert.deepEqual(
          ['content-length', 'content-type', 'etag', 'x-content-type-options', 'cache-control'].map((name) =>
            answer.headers.get(name),
          ),
          ['3', 'video/mp4', '"gift"', 'nosniff', 'no-store'],
        )
        assert.match(answer.headers.get('ratelimit') ?? '', /^"key"/)
        assert.match(answer.headers.get('x-request-id') ?? '', /^[0-9a-f-]{36}$/)
        const [heard] = probe.seen.heard
        assert.equal(heard?.url, '/gifts/3')
        assert.equal(heard?.headers.range, 'bytes=0-')
        for (const name of ['authorization', 'cookie', 'host', 'connection'])
          assert.ok(!(name in heard!.headers), name)

        const head = await ask(gateway, 'HEAD', '/gifts/3')
        assert.deepEqual([head.status, await head.text(), head.headers.get('content-length')], [200, '', '3'])
        const wrong = await ask(gateway, 'DELETE', '/gifts/3')
        assert.deepEqual([wrong.status, wrong.headers.get('allow')], [405, 'GET, HEAD, OPTIONS'])
        assert.equal((await ask(gateway, 'OPTIONS', '/gifts/3')).status, 204)

        const theirs = {
          authorization: `Bearer ${KEYS.theirs}`,
          'x-tenant': STUDIO.slug,
          origin: STUDIO.origin,
        }
        const page = await ask(gateway, 'GET', '/gifts/1', { headers: theirs })
        assert.equal(page.headers.get('access-control-allow-origin'), STUDIO.origin)
        await page.text()
        await until(5, () => gateway.logged.length >= 2)
        assert.deepEqual(
          gateway.logged.map(({ route, status, responseBytes }) => [route, status, responseBytes]),
          [
            ['probe.give', 200, 3],
            ['probe.give', 200, 1],
          ],
        )
      }))

    test('whoever may not is refused before anything flows', () =>
      pass(async (gateway, probe) => {
        const nobody = { authorization: '' }
        assert.equal((await fetch(`${gateway.url}/api/v1/gifts/3`)).status, 401)
        assert.equal((await ask(gateway, 'PUT', '/sums/a', { body: 'a', headers: nobody })).status, 401)
        assert.equal((await ask(gateway, 'PUT', '/forbidden', { body: 'a' })).status, 403)
        const close = 'connection: close\r\ncontent-length: 5\r\nexpect: 100-continue\r\n'
        const heard = await talk(gateway.port, `PUT /api/v1/sums/a HTTP/1.1\r\nhost: a\r\n${close}\r\n`)
        assert.match(heard, /^HTTP\/1\.1 401 /)
        assert.equal(probe.seen.heard.length, 0)
      }))

    test('a slow and steady upload may last longer than a request may; any type of content goes', () =>
      pass(async (gateway) => {
        const sent = begin(gateway, 'PUT', '/sums/slow', { 'content-type': 'application/json' })
        const text = '{not json '.repeat(12)
        for (const letter of text.match(/.{1,10}/g) ?? []) {
          sent.write(letter)
          await setTimeout(300)
        }
        sent.end()
        const answer = await answerOf(sent)
        const sum = (await answer.setEncoding('utf8').toArray()).join('')
        const sha256 = createHash('sha256').update(text).digest('hex')
        assert.deepEqual(JSON.parse(sum), { bytes: text.length, sha256 })
        // Its head announced no length.
        await until(5, () => gateway.logged.length === 1)
        assert.deepEqual(
          [gateway.logged[0]?.requestBytes, gateway.logged[0]?.responseBytes],
          [text.length, sum.length],
        )
      }))

    test('an upload that stands still is ended with 408, and its service hears of it', () =>
      pass(async (gateway, probe) => {
        const head = `PUT /api/v1/sums/idle HTTP/1.1\r\nhost: a\r\nauthorization: ${authorization}\r\ncontent-length: 9\r\n\r\n`
        const heard = await talk(gateway.port, head, 'abc')
        assert.match(heard, /^HTTP\/1\.1 408 [\s\S]*REQUEST_LATE/)
        assert.deepEqual(probe.seen.left, ['PUT /sums/idle'])
      }))

    test('a body over the limit is 413, whether it says its size or not', () =>
      pass(async (gateway, probe) => {
        const said = await ask(gateway, 'PUT', '/small', { body: Buffer.alloc(100_001) })
        assert.deepEqual([said.status, await codeOf(said)], [413, 'REQUEST_TOO_LARGE'])
        assert.equal(probe.seen.heard.length, 0)
        const sent = begin(gateway, 'PUT', '/small')
        sent.write(Buffer.alloc(60_000))
        await until(5, () => probe.seen.taken === 60_000)
        sent.end(Buffer.alloc(60_000))
        const unsaid = await answerOf(sent)
        assert.equal(unsaid.statusCode, 413)
        unsaid.resume()
        await until(1, () => probe.seen.left.length === 1)
        assert.equal((await ask(gateway, 'PUT', '/small', { body: Buffer.alloc(100_000) })).status, 200)
      }))

    test('who is refused early hears it though still sending', () =>
      pass(async (gateway) => {
        const sent = begin(gateway, 'PUT', '/refusals')
        const flow = setInterval(() => sent.write(Buffer.alloc(500_000)), 20)
        try {
          const answer = await answerOf(sent)
          const text = (await answer.setEncoding('utf8').toArray()).join('')
          assert.equal(answer.statusCode, 403)
          assert.match(text, /STORED_ADDRESS_INVALID/)
        } finally {
          clearInterval(flow)
          sent.destroy()
        }
      }))

    test('a client that leaves stops its service within a second: sending, and hearing', () =>
      pass(async (gateway, probe) => {
        const sent = begin(gateway, 'PUT', '/sums/leave')
        sent.write('abc')
        await until(5, () => probe.seen.taken === 3)
        sent.destroy()
        await until(1, () => probe.seen.left.length === 1)
        const heard = begin(gateway, 'GET', '/failures/never')
        heard.end()
        const answer = await answerOf(heard)
        await once(answer, 'data')
        heard.destroy()
        await until(1, () => probe.seen.left.length === 2)
        assert.deepEqual(probe.seen.left, ['PUT /sums/leave', 'GET /failures/never'])
        // What went until then is in the log.
        await until(5, () => gateway.logged.length >= 2)
        assert.deepEqual(
          gateway.logged.map(({ route, status, requestBytes, responseBytes }) => [
            route,
            status,
            requestBytes,
            responseBytes,
          ]),
          [
            ['probe.sum', 499, 3, 0],
            ['probe.fail', 200, 0, 8],
          ],
        )
      }))

    test('what fails before its first byte is a problem', () =>
      pass(
        async (gateway) => {
          const missing = await ask(gateway, 'GET', '/failures/expected')
          assert.deepEqual([missing.status, await codeOf(missing)], [404, 'STORED_FILE_MISSING'])
          for (const how of ['bug', 'first'] as const) {
            const failed = await ask(gateway, 'GET', `/failures/${how}`)
            assert.ok([500, 503].includes(failed.status), `${how} ${failed.status}`)
            assert.match(failed.headers.get('content-type') ?? '', /^application\/problem\+json/)
          }
        },
        { bugs: 2 },
      ))

    test('what fails midway breaks the connection, and never looks whole', () =>
      pass(
        async (gateway) => {
          for (const how of ['midway', 'short']) {
            const answer = await ask(gateway, 'GET', `/failures/${how}`)
            assert.equal(answer.status, 200)
            await assert.rejects(answer.text(), how)
          }
        },
        { bugs: 2 },
      ))

    test('nobody’s slowness is made up for by holding bytes', () =>
      pass(async (gateway, probe) => {
        const heard = begin(gateway, 'GET', '/gifts/200000000')
        heard.end()
        const answer = await answerOf(heard)
        await setTimeout(500)
        const given = probe.seen.given
        assert.ok(given < 30_000_000, `${given} bytes wait somewhere`)
        // It takes nothing for longer than the route lets it wait.
        await until(10, () => probe.seen.left.length === 1)
        answer.destroy()
      }))

    test('a stop lets what is under way end', () =>
      pass(async (gateway) => {
        const sent = begin(gateway, 'POST', '/echo')
        sent.write('one')
        const answer = await answerOf(sent)
        const closed = gateway.close()
        await setTimeout(100)
        sent.end('two')
        assert.equal((await answer.setEncoding('utf8').toArray()).join(''), 'onetwo')
        await closed
      }))
  })

test('a service that isn’t there is SERVICE_UNAVAILABLE', async () => {
  const probe = await streamShapes.apart()
  await probe.close()
  const gateway = await openTestbed({}, {}, { streams: { probe } })
  try {
    const headers = { authorization }
    const init = { method: 'PUT', body: 'abc', headers }
    const answer = await fetch(`${gateway.url}/api/v1/sums/a`, init)
    assert.deepEqual([answer.status, await codeOf(answer)], [503, 'SERVICE_UNAVAILABLE'])
  } finally {
    await gateway.close()
  }
})
