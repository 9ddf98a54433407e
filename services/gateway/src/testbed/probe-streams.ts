import { createHash } from 'node:crypto'
import { Readable } from 'node:stream'
import { setTimeout } from 'node:timers/promises'
import type { RawRoute, RawRoutes } from '@flatrender/contracts/call'
import { FlatRenderError } from '@flatrender/contracts/errors'
import type { RawClient, RawHandler, RawRequest } from '@flatrender/platform/service'

const route = (method: RawRoute['method'], path: string, more: Partial<RawRoute> = {}): RawRoute => ({
  method,
  path,
  access: 'tenants:read',
  bodyLimit: 2 ** 30,
  idleSeconds: 1,
  ...more,
})

/** Raw routes of a test: what is done there is only what shows how bytes pass. */
export const streamRoutes = {
  sum: route('PUT', '/sums/*'),
  small: route('PUT', '/small', { bodyLimit: 100_000 }),
  echo: route('POST', '/echo'),
  give: route('GET', '/gifts/*'),
  fail: route('GET', '/failures/*'),
  refuse: route('PUT', '/refusals', { access: 'anyone' }),
  forbidden: route('PUT', '/forbidden', { access: 'tenants:write' }),
} as const satisfies RawRoutes

/** What a probe has seen. */
export interface SeenStreams {
  /** Bytes that were read, and given. */
  taken: number
  given: number
  /** Requests whose client left. */
  readonly left: string[]
  readonly heard: RawRequest[]
}

const PART = Buffer.alloc(65_536, 'flatrender ')

/** Bytes of a gift, each part when it is wanted. */
async function* makeBytes(bytes: number, seen: SeenStreams) {
  for (let given = 0; given < bytes; given += PART.length) {
    const part = PART.subarray(0, Math.min(PART.length, bytes - given))
    seen.given += part.length
    yield part
  }
}

/** Its handlers, and what they have seen. */
export function createProbeStreams(): {
  readonly handlers: RawClient<typeof streamRoutes>
  readonly seen: SeenStreams
} {
  const seen: SeenStreams = { taken: 0, given: 0, left: [], heard: [] }
  const watch =
    (handler: RawHandler): RawHandler =>
    (call, request) => {
      seen.heard.push(request)
      request.signal.addEventListener('abort', () => seen.left.push(`${request.method} ${request.url}`))
      return handler(call, request)
    }
  const sum = watch(async (_call, { body }) => {
    const hash = createHash('sha256')
    let bytes = 0
    for await (const chunk of body) {
      hash.update(chunk)
      bytes += chunk.length
      seen.taken += chunk.length
    }
    return answer(JSON.stringify({ bytes, sha256: hash.digest('hex') }))
  })
  const give = watch(async (_call, { url }) => {
    const bytes = Number(url.split('/').at(-1))
    const headers = { 'content-type': 'video/mp4', 'content-length': String(bytes), etag: '"gift"' }
    return { status: 200, headers, body: Readable.from(makeBytes(bytes, seen), { objectMode: false }) }
  })
  const fail = watch(async (_call, { url, signal }) => {
    const how = url.split('/').at(-1)
    if (how === 'expected') throw new FlatRenderError('STORED_FILE_MISSING', { key: 'a' })
    if (how === 'bug') throw new Error('a bug')
    const body = async function* () {
      if (how === 'first') throw new Error('broken before its first byte')
      yield Buffer.from('half of ')
      // Until what came before has gone out.
      await setTimeout(200)
      if (how === 'midway') throw new Error('broken midway')
      if (how === 'never') await setTimeout(60_000, undefined, { signal, ref: false })
    }
    const headers: Record<string, string> = how === 'short' ? { 'content-length': '100' } : {}
    return { status: 200, headers, body: Readable.from(body(), { objectMode: false }) }
  })
  const handlers = {
    sum,
    small: sum,
    forbidden: sum,
    give,
    fail,
    echo: watch(async (_call, { body }) => ({ status: 200, headers: {}, body })),
    refuse: watch(async () => {
      throw new FlatRenderError('STORED_ADDRESS_INVALID')
    }),
  }
  return { handlers, seen }
}

function answer(text: string) {
  return {
    status: 200,
    headers: { 'content-type': 'application/json' },
    body: Readable.from([Buffer.from(text)]),
  }
}
