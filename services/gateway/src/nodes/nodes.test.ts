import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { after, before, test } from 'node:test'
import { setTimeout } from 'node:timers/promises'
import { type Call, type Client, DEFAULT_TENANT_ID } from '@flatrender/contracts/call'
import { FlatRenderError } from '@flatrender/contracts/errors'
import { NODE_TOKEN_AUDIENCE } from '@flatrender/contracts/node'
import { renderServiceContract } from '@flatrender/contracts/render'
import { callInProcess } from '@flatrender/platform/service'
import { implement } from '@orpc/server'
import { type CryptoKey, generateKeyPair, jwtVerify, SignJWT, UnsecuredJWT } from 'jose'
import { openTestbed } from '../testbed/open-testbed.ts'

const NODE = '00000000-0000-7000-8000-00000000000a'
const { publicKey, privateKey } = await generateKeyPair('EdDSA')
const stranger = await generateKeyPair('EdDSA')
const heard: Call[] = []
/** Tokens of which it was asked who has signed them. */
let identified = 0
/** Seconds by which clocks may be apart. */
const APART = 5
/** What a lease waits for. */
const work = Promise.withResolvers<void>()
let bed: Awaited<ReturnType<typeof openTestbed>>

before(async () => {
  const os = implement(renderServiceContract).$context<Call>()
  const router = {
    nodes: {
      identify: os.nodes.identify.handler(async ({ input: { token } }) => {
        identified++
        await jwtVerify(token, publicKey, {
          audience: NODE_TOKEN_AUDIENCE,
          clockTolerance: APART,
        }).catch((cause: unknown) => {
          throw new FlatRenderError('NODE_UNKNOWN', {}, { cause })
        })
        const actor = { kind: 'node', id: NODE, tenantId: DEFAULT_TENANT_ID, sessionId: null } as const
        return { actor: { ...actor, visibleTenants: [], permissions: ['farm:work'] } }
      }),
    },
    node: {
      enrol: os.node.enrol.handler(({ context }) => {
        heard.push(context)
        return { nodeId: NODE, name: 'one' }
      }),
      release: os.node.release.handler(({ context }) => {
        heard.push(context)
        return {}
      }),
      lease: os.node.lease.handler(async ({ signal }) => {
        await new Promise<void>((resolve, reject) => {
          work.promise.then(resolve)
          signal?.addEventListener('abort', () => reject(signal.reason))
        })
        return { jobs: [], wish: 'work' }
      }),
    },
  }
  const render = callInProcess(router as never) as Client<typeof renderServiceContract>
  bed = await openTestbed({}, { visitorLimit: 20, requestTimeout: 3000 }, { render })
})

interface Claims {
  readonly seconds?: number
  readonly audience?: string
  readonly subject?: string
  readonly key?: CryptoKey
}
const sign = ({
  seconds = 50,
  audience = NODE_TOKEN_AUDIENCE,
  subject = NODE,
  key = privateKey,
}: Claims = {}) =>
  new SignJWT()
    .setProtectedHeader({ alg: 'EdDSA' })
    .setSubject(subject)
    .setAudience(audience)
    .setExpirationTime(Math.floor(Date.now() / 1000) + seconds)
    .sign(key)

const ask = async (path: string, token: string | undefined, body: object, method = 'POST') => {
  const response = await fetch(`${bed.url}/node/v1${path}`, {
    method,
    headers: {
      'content-type': 'application/json',
      ...(token !== undefined && { authorization: `Bearer ${token}` }),
    },
    ...(method === 'POST' && { body: JSON.stringify(body) }),
  })
  const text = await response.text()
  return { status: response.status, headers: response.headers, body: text === '' ? {} : JSON.parse(text) }
}
const nothing = { leases: [], leaving: false }

// The last test closes it.
after(() => assert.deepEqual(bed.errors, []))

test('a node is heard as itself by what it signs, outside the limits of users and of logs', async () => {
  for (let turn = 0; turn < 40; turn++)
    assert.deepEqual((await ask('/release', await sign(), nothing)).status, 200)
  assert.equal(heard.length, 40)
  const { actor } = heard[0]!
  assert.deepEqual([actor.kind, actor.id, actor.permissions], ['node', NODE, ['farm:work']])
  assert.deepEqual(bed.logged, [])
})

test('what isn’t signed by a node of ours, for us and for this minute, is nobody’s', async () => {
  const refused: [string, string | undefined, string][] = [
    ['nothing', undefined, 'NODE_UNKNOWN'],
    ['an access token', await bed.sign(), 'NODE_UNKNOWN'],
    ['a key', 'fr_live_ours', 'NODE_UNKNOWN'],
    ['rubbish', 'a.b.c', 'NODE_UNKNOWN'],
    ['another key', await sign({ key: stranger.privateKey }), 'NODE_UNKNOWN'],
    ['another audience', await sign({ audience: 'flatrender' }), 'NODE_UNKNOWN'],
    ['what ended', await sign({ seconds: -60 }), 'NODE_SIGNATURE_STALE'],
    ['what is good for an hour', await sign({ seconds: 3600 }), 'NODE_SIGNATURE_STALE'],
    ['no signature', new UnsecuredJWT().setSubject(NODE).setExpirationTime('50 s').encode(), 'NODE_UNKNOWN'],
  ]
  for (const [what, token, code] of refused) {
    const { status, body } = await ask('/release', token, nothing)
    assert.deepEqual([status, body.code], [401, code], what)
  }
})

test('a token opens until it ends, and its signature is looked at once', async () => {
  const before = identified
  const token = await sign({ seconds: 1 - APART })
  for (let turn = 0; turn < 3; turn++) assert.equal((await ask('/release', token, nothing)).status, 200)
  assert.equal(identified - before, 1)
  await setTimeout(1100)
  const late = await ask('/release', token, nothing)
  assert.deepEqual([late.status, late.body.code], [401, 'NODE_SIGNATURE_STALE'])
})

test('a node’s token opens nothing of the API, and a route that isn’t there is none', async () => {
  const there = await fetch(`${bed.url}/api/v1/release`, {
    headers: { authorization: `Bearer ${await sign()}` },
  })
  assert.equal(there.status, 404)
  assert.equal((await ask('/nothing', await sign(), {})).body.code, 'ROUTE_UNKNOWN')
  assert.equal((await ask('/release', await sign(), {}, 'GET')).body.code, 'METHOD_UNKNOWN')
})

test('a body that is too large, or wrong, is refused in our words', async () => {
  const large = await ask('/release', await sign(), {
    leases: [],
    leaving: false,
    more: 'a'.repeat(3_000_000),
  })
  assert.deepEqual([large.status, large.body.code], [413, 'REQUEST_TOO_LARGE'])
  const wrong = await ask('/release', await sign(), { leases: 7 })
  assert.deepEqual([wrong.status, wrong.body.code], [400, 'REQUEST_INVALID'])
})

test('who guesses is turned away after a while, and who was right at that address isn’t', async () => {
  const guess = async () =>
    (await ask('/release', await sign({ key: stranger.privateKey }), nothing)).body.code
  const codes: string[] = []
  for (let turn = 0; turn < 30; turn++) codes.push(await guess())
  assert.equal(codes.at(-1), 'NODE_UNKNOWN', 'of a node that was right here, signatures are still looked at')
  const token = await sign({ subject: randomUUID(), key: stranger.privateKey })
  const refused = await ask('/release', token, nothing)
  assert.deepEqual([refused.status, refused.body.code], [429, 'RATE_LIMITED'])
  assert.ok(Number(refused.headers.get('retry-after')) > 0)
  assert.equal((await ask('/release', await sign(), nothing)).status, 200)
})

test('enrolling is a visitor’s, and counts for the address', async () => {
  const description = {
    version: '2',
    protocol: 1,
    engine: 'lottie',
    engineBuild: 'a',
    platform: 'linux',
    arch: 'x64',
    cores: 1,
    memoryBytes: 1,
    workers: 1,
    onlyWhenIdle: false,
  }
  const enrol = { token: 'a'.repeat(40), publicKey: 'a'.repeat(43), description }
  assert.deepEqual((await ask('/enrol', undefined, enrol)).body, { nodeId: NODE, name: 'one' })
  assert.equal(heard.at(-1)?.actor.kind, 'visitor')
  const statuses = new Set<number>()
  for (let turn = 0; turn < 25; turn++) statuses.add((await ask('/enrol', undefined, enrol)).status)
  assert.deepEqual([...statuses].sort(), [200, 429])
})

test('who waits for work doesn’t hold up the end', async () => {
  const waiting = ask('/lease', await sign(), { want: 1, memoryBytes: 1, waitSeconds: 25 })
  await setTimeout(300)
  await bed.close()
  const { status, body } = await waiting
  assert.deepEqual([status, body.code], [503, 'SERVICE_UNAVAILABLE'])
})
