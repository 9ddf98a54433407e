import assert from 'node:assert/strict'
import { readFile } from 'node:fs/promises'
import path from 'node:path'
import { after, before, describe, test } from 'node:test'
import { type CollectedSpan, startTestCollector, type TestCollector } from '@flatrender/platform/testkit'
import { type Api, eventually, joinTenant, openApi } from './testbed/api-client.ts'
import { makeHome } from './testbed/run-server.ts'
import { type Installation, runShape, shapes } from './testbed/run-shape.ts'

const TRACE_ID = '4bf92f3577b34da6a3ce929d0e0e4736'
const PARENT = '00f067aa0ba902b7'

// What happens is told alike, whether services are in one process or in several.
for (const shape of shapes)
  describe(shape, () => {
    let home: string
    let remove: () => Promise<void>
    let collector: TestCollector
    let installation: Installation
    let api: Api
    before(async () => {
      ;({ home, remove } = await makeHome())
      collector = await startTestCollector()
      installation = await runShape(shape, home, {
        FLATRENDER_OTLP_URL: collector.url,
        FLATRENDER_LOG_LEVEL: 'debug',
        FLATRENDER_LOG_FILE: path.join(home, 'log'),
      })
      api = openApi(installation.url)
    })
    after(async () => {
      await installation?.stop()
      await collector?.close()
      await remove?.()
    })

    const register = { email: 'traced@example.org', password: 'a long quiet evening' }
    const find = (name: string) =>
      eventually(30, async () =>
        collector.spans.find((span) => span.name === name && span.traceId === TRACE_ID),
      )
    const readLines = async () =>
      (await readFile(path.join(home, 'log'), 'utf8'))
        .trim()
        .split('\n')
        .map((line) => JSON.parse(line) as Record<string, unknown>)

    test('a trace goes from the client through request, procedure and event to the mail', async () => {
      const headers = { traceparent: `00-${TRACE_ID}-${PARENT}-01` }
      const { status } = await api('POST', '/auth/register', { body: register, headers })
      assert.ok(status < 300, String(status))
      const request = await find('request identity.auth.register')
      const procedure = await find('procedure identity.auth.register')
      const job = await find('job notification.mail')
      assert.equal(request.parentSpanId, PARENT)
      assert.equal(procedure.parentSpanId, request.spanId)
      assert.equal(job.parentSpanId, procedure.spanId)
      // What the mail needs to know is asked on its behalf.
      const asked = await find('procedure identity.access.contactOf')
      assert.equal(asked.parentSpanId, job.spanId)
    })

    test('a request without a trace, or with nonsense for one, begins its own', async () => {
      const headers = { traceparent: '00-nonsense-01' }
      const before = collector.spans.length
      await api('POST', '/auth/login', { body: { email: 'nobody@example.org', password: 'x' }, headers })
      const fresh = await eventually(30, async () =>
        collector.spans
          .slice(before)
          .find((span: CollectedSpan) => span.name === 'request identity.auth.login'),
      )
      assert.match(fresh.traceId, /^[0-9a-f]{32}$/)
      assert.ok(!fresh.parentSpanId)
      const outcome = fresh.attributes.find(({ key }) => key === 'flatrender.outcome')
      assert.equal(outcome?.value.stringValue, 'LOGIN_REFUSED')
    })

    test('every call is a line with request, tenant and trace; nothing secret is in any', async () => {
      const tokens = await joinTenant(api, home, 'logged@example.org')
      const me = await api('GET', '/me', { token: tokens.accessToken })
      const requestId = me.headers.get('x-request-id')
      const lines = await eventually(30, async () => {
        const found = (await readLines()).filter((line) => line.requestId === requestId)
        return found.length >= 2 ? found : undefined
      })
      assert.deepEqual(
        lines.map(({ outcome }) => outcome),
        ['done', 'done'],
      )
      const [procedure, request] = lines.toSorted((a, b) => (String(a.msg) < String(b.msg) ? -1 : 1))
      assert.deepEqual([procedure?.procedure, request?.request], ['identity.users.me', 'identity.users.me'])
      assert.equal(procedure?.traceId, request?.traceId)
      assert.match(String(request?.tenantId), /^0{8}-/)
      const text = await readFile(path.join(home, 'log'), 'utf8')
      const secrets = [register.password, installation.ownerPassword, tokens.accessToken, tokens.refreshToken]
      for (const secret of secrets) assert.ok(!text.includes(secret))
      assert.doesNotMatch(text, /fr[rvm]_[\w-]{20}|"level":"error"/)
    })

    test('numbers of procedures, jobs and the queue are shown by the process that has them', async () => {
      const read = async (url: string) => (await fetch(url)).text()
      const doors = installation.processes.flatMap(
        (server) => /metrics +are at (\S+)/.exec(server.output())?.[1] ?? [],
      )
      assert.equal(doors.length, installation.processes.length - 1)
      const all = (await Promise.all([`${installation.url}/metrics`, ...doors].map(read))).join('\n')
      assert.match(
        all,
        /^flatrender_procedure_seconds_count\{service="identity",procedure="auth\.register",outcome="done"\} [1-9]/m,
      )
      assert.match(all, /^flatrender_job_seconds_count\{job="notification\.mail",outcome="done"\} [1-9]/m)
      assert.match(all, /^flatrender_jobs\{state="dead"\} 0$/m)
      assert.match(all, /^flatrender_jobs_oldest_seconds /m)
      assert.match(all, /^flatrender_requests_total\{/m)
    })
  })
