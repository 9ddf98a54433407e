import assert from 'node:assert/strict'
import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { after, before, test } from 'node:test'
import { FlatRenderError } from '@flatrender/contracts/errors'
import { startTestCollector } from '../testkit/start-test-collector.ts'
import { listenForMetrics } from './listen-for-metrics.ts'
import { openLogger } from './open-logger.ts'
import { type Observer, openObserver } from './open-observer.ts'

let folder: string
before(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'flatrender-observer-'))
})
after(() => rm(folder, { recursive: true, force: true }))

const TRACE = '00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-00'

/** Does something with an observer; gives the lines of its log. */
async function withObserver(otlpUrl: string | undefined, work: (observer: Observer) => Promise<void>) {
  const destination = path.join(folder, `${performance.now()}.log`)
  const log = openLogger({ level: 'debug', destination })
  const observer = await openObserver({ log, otlpUrl, version: '1', withGateway: false })
  await work(observer)
  await observer.close()
  await log.close()
  const text = (await readFile(destination, 'utf8')).trim()
  return text === '' ? [] : text.split('\n').map((line) => JSON.parse(line))
}

const bug = new Error('a bug')
/** A request that asks a procedure, which fails: first as expected, then not. */
async function act({ observe }: Observer) {
  const ids = { requestId: 'r1', tenantId: 't1' }
  const ask = (failure?: Error) =>
    observe({ kind: 'request', name: 'identity.users.me', trace: TRACE, ...ids }, (trace) =>
      observe({ kind: 'procedure', name: 'identity.users.me', trace, ...ids }, async () => {
        if (failure !== undefined) throw failure
      }),
    )
  await ask()
  await assert.rejects(ask(new FlatRenderError('ACCESS_UNPROVEN')))
  await assert.rejects(ask(bug), bug)
}

test('every call is a line for who looks closely, and a bug one error, with ids and stack', async () => {
  const lines = await withObserver(undefined, act)
  const calls = lines.filter(({ level }) => level === 'debug')
  assert.equal(calls.length, 6)
  assert.deepEqual(
    calls.map(({ outcome }) => outcome),
    ['done', 'done', 'ACCESS_UNPROVEN', 'ACCESS_UNPROVEN', 'bug', 'bug'],
  )
  for (const { requestId, tenantId, traceId, milliseconds } of calls) {
    assert.deepEqual([requestId, tenantId, traceId], ['r1', 't1', TRACE.slice(3, 35)])
    assert.ok(milliseconds >= 0)
  }
  const errors = lines.filter(({ level }) => level === 'error')
  assert.equal(errors.length, 1)
  assert.match(errors[0].msg, /^procedure identity\.users\.me: This is a bug in FlatRender/)
  assert.match(errors[0].error.stack, /open-observer\.test\.ts/)
  assert.deepEqual([errors[0].requestId, errors[0].traceId], ['r1', TRACE.slice(3, 35)])
})

test('what was told is not told again; an expected failure is a warning', async () => {
  const lines = await withObserver(undefined, async ({ report }) => {
    const error = new Error('twice')
    report(error, 'here')
    report(error, 'there')
    report(new FlatRenderError('DATABASE_LOST', { reason: 'gone' }), 'queue')
    report('no error at all', 'there')
  })
  assert.deepEqual(
    lines.map(({ level }) => level),
    ['error', 'warn', 'error'],
  )
  assert.equal(lines[1].failure, 'DATABASE_LOST')
})

test('spans go to the collector: a procedure within its request, within what the client sent', async () => {
  const collector = await startTestCollector()
  try {
    await withObserver(collector.url, act)
    // Closing has sent all of them.
    assert.equal(collector.spans.length, 6)
    for (const { traceId } of collector.spans) assert.equal(traceId, TRACE.slice(3, 35))
    const requests = collector.spans.filter(({ name }) => name === 'request identity.users.me')
    const procedures = collector.spans.filter(({ name }) => name === 'procedure identity.users.me')
    assert.deepEqual(new Set(requests.map((span) => span.parentSpanId)), new Set([TRACE.slice(36, 52)]))
    assert.deepEqual(
      new Set(procedures.map((span) => span.parentSpanId)),
      new Set(requests.map((span) => span.spanId)),
    )
    assert.equal(procedures.filter(({ status }) => status.code === 2).length, 1)
    const said = procedures[0]!.attributes.find(({ key }) => key === 'flatrender.request_id')
    assert.equal(said?.value.stringValue, 'r1')
  } finally {
    await collector.close()
  }
})

test('a collector that is away fails nothing and holds nothing up', async () => {
  const lines = await withObserver('http://127.0.0.1:9', act)
  assert.equal(lines.filter(({ level }) => level === 'error').length, 1)
})

test('numbers tell procedures apart by service, name and outcome, and show the queue while it answers', async () => {
  await withObserver(undefined, async (observer) => {
    await act(observer)
    const depth = { ready: 3, running: 1, waiting: 2, dead: 4, oldest: 12.5 }
    let answers = true
    observer.metrics.watchQueue(async () => {
      if (!answers) throw new Error('PostgreSQL is away')
      return depth
    })
    const door = await listenForMetrics({
      host: '127.0.0.1',
      port: 0,
      token: undefined,
      write: observer.metrics.write,
      check: async () => {
        if (!answers) throw new Error('PostgreSQL is away')
      },
    })
    try {
      const read = async (headers = {}) => {
        const answer = await fetch(door.url, { headers })
        return { status: answer.status, text: await answer.text() }
      }
      const { text } = await read()
      for (const outcome of ['done', 'ACCESS_UNPROVEN', 'bug'])
        assert.ok(
          text.includes(
            `flatrender_procedure_seconds_count{service="identity",procedure="users.me",outcome="${outcome}"} 1`,
          ),
        )
      assert.match(text, /^flatrender_jobs\{state="dead"\} 4$/m)
      assert.match(text, /^flatrender_jobs_oldest_seconds 12\.5$/m)
      assert.match(text, /^process_cpu_seconds_total /m)
      const ready = async () => (await fetch(door.url.replace('/metrics', '/readyz'))).status
      assert.equal(await ready(), 200)
      answers = false
      assert.equal(await ready(), 503)
      assert.doesNotMatch((await read()).text, /^flatrender_jobs(_oldest_seconds)?[ {]/m)
      assert.equal((await read({ 'x-forwarded-for': '1.2.3.4' })).status, 401)
      assert.equal((await fetch(door.url.replace('/metrics', '/'))).status, 404)
    } finally {
      await door.close()
    }
    const token = 'a token of sixteen letters'
    const guarded = await listenForMetrics({
      host: '127.0.0.1',
      port: 0,
      token,
      write: observer.metrics.write,
      check: async () => {},
    })
    const ask = async (authorization: string) =>
      (await fetch(guarded.url, { headers: { authorization } })).status
    assert.deepEqual([await ask('Bearer no'), await ask(`Bearer ${token}`)], [401, 200])
    await guarded.close()
  })
})
