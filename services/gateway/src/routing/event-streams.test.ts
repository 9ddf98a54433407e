import assert from 'node:assert/strict'
import { test } from 'node:test'
import { type Call, procedure } from '@flatrender/contracts/call'
import { guardAccess } from '@flatrender/platform/service'
import { eventIterator, implement, withEventMeta } from '@orpc/server'
import { z } from 'zod'
import { KEYS, openTestbed } from '../testbed/open-testbed.ts'
import { shapes } from '../testbed/shapes.ts'

const contract = {
  watch: procedure('tenants:read')
    .route({ method: 'GET', path: '/news' })
    .input(z.object({ from: z.coerce.number().default(0) }))
    .output(eventIterator(z.object({ number: z.int(), after: z.string() }))),
}

/** A service that tells news one by one, each when it is let, for as long as somebody listens. */
function createNews() {
  let wake = () => {}
  let waiting = 0
  const left: string[] = []
  const os = implement(contract).$context<Call>().use(guardAccess)
  const router = os.router({
    watch: os.watch.handler(async function* ({ input, signal, lastEventId, context }) {
      try {
        for (let number = input.from; ; number++) {
          yield withEventMeta({ number, after: lastEventId ?? 'none' }, { id: `n${number}` })
          await new Promise<void>((resolve) => {
            signal?.addEventListener('abort', () => resolve(), { once: true })
            wake = resolve
            waiting++
          })
          if (signal?.aborted === true) return
        }
      } finally {
        left.push(context.actor.kind)
      }
    }),
  })
  return { router, left, waits: () => waiting, next: () => wake() }
}

/** Reads an answer until it holds this, and gives all that was read so far. */
async function readUntil(reader: ReadableStreamDefaultReader<Uint8Array>, pattern: RegExp): Promise<string> {
  let text = ''
  while (!pattern.test(text)) {
    const { value, done } = await reader.read()
    assert.ok(!done, `it ended with ${text}`)
    text += Buffer.from(value).toString()
  }
  return text
}

async function until(seconds: number, holds: () => boolean): Promise<void> {
  const end = performance.now() + seconds * 1000
  while (!holds()) {
    assert.ok(performance.now() < end, `not within ${seconds} s`)
    await new Promise((resolve) => setTimeout(resolve, 20))
  }
}

for (const [shape, open] of Object.entries(shapes)) {
  const headers = { authorization: `Bearer ${KEYS.ours}` }
  async function listen(
    work: (url: string, news: ReturnType<typeof createNews>, close: () => Promise<void>) => Promise<void>,
  ) {
    const news = createNews()
    const service = await open<typeof contract>(news.router)
    const gateway = await openTestbed({ news: { contract, client: service.client } })
    try {
      await work(`${gateway.url}/api/v1/news`, news, async () => {
        await Promise.all([gateway.close(), service.close()])
      })
      assert.deepEqual([...gateway.errors, ...service.errors], [])
    } finally {
      await gateway.close()
      await service.close()
    }
  }

  test(`${shape}: events come one by one while the producer goes on, each with its id`, () =>
    listen(async (url, news) => {
      const answer = await fetch(`${url}?from=5`, { headers: { ...headers, 'last-event-id': 'n4' } })
      assert.equal(answer.headers.get('content-type'), 'text/event-stream')
      assert.equal(answer.headers.get('cache-control'), 'no-store')
      assert.match(answer.headers.get('ratelimit') ?? '', /^"key"/)
      const reader = answer.body!.getReader()
      const first = await readUntil(reader, /n5[\s\S]*\n\n/)
      assert.match(first, /data: \{"number":5,"after":"n4"\}/)
      assert.doesNotMatch(first, /n6/)
      await until(5, () => news.waits() === 1)
      news.next()
      assert.match(await readUntil(reader, /n6[\s\S]*\n\n/), /"number":6/)
      await reader.cancel()
    }))

  test(`${shape}: a silent stream is kept alive by comments`, () =>
    listen(async (url) => {
      const reader = (await fetch(url, { headers })).body!.getReader()
      await readUntil(reader, /n0[\s\S]*\n\n/)
      assert.match(await readUntil(reader, /\n\n/), /^: /)
      await reader.cancel()
    }))

  test(`${shape}: a client that leaves ends the producer within a second`, () =>
    listen(async (url, news) => {
      const leave = new AbortController()
      const answer = await fetch(url, { headers, signal: leave.signal })
      await readUntil(answer.body!.getReader(), /n0[\s\S]*\n\n/)
      await until(5, () => news.waits() === 1)
      leave.abort()
      await until(1, () => news.left.length === 1)
      assert.deepEqual(news.left, ['key'])
    }))

  test(`${shape}: an open stream doesn’t hold a stop up, and its producer ends`, () =>
    listen(async (url, news, close) => {
      const reader = (await fetch(url, { headers })).body!.getReader()
      await readUntil(reader, /n0[\s\S]*\n\n/)
      await until(5, () => news.waits() === 1)
      await close()
      await until(1, () => news.left.length === 1)
      await assert.rejects(reader.read())
    }))

  test(`${shape}: whoever may not listen is refused before anything flows`, () =>
    listen(async (url, news) => {
      assert.equal((await fetch(url)).status, 401)
      assert.equal((await fetch(`${url}?from=x`, { headers })).status, 400)
      assert.equal(news.waits(), 0)
    }))
}
