import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { listProcedures } from '@flatrender/contracts/call'
import { errorDefinitions } from '@flatrender/contracts/errors'
import { exposedContracts } from '../routing/exposed-contracts.ts'
import { openTestbed } from '../testbed/open-testbed.ts'

let gateway: Awaited<ReturnType<typeof openTestbed>>
before(async () => {
  gateway = await openTestbed({})
})
after(() => gateway?.close())

const shown = listProcedures(exposedContracts.identity, 'identity')

test('pages ask nobody else for anything, and run nothing', async () => {
  for (const path of ['/', '/docs', '/docs/errors']) {
    const answer = await fetch(gateway.url + path)
    const page = await answer.text()
    assert.equal(answer.headers.get('content-type'), 'text/html; charset=utf-8')
    assert.match(
      answer.headers.get('content-security-policy') ?? '',
      /^default-src 'none'; style-src 'unsafe-inline';/,
    )
    assert.doesNotMatch(page, /<script|<link|<img|@import|url\(|src=|href="(https?:)?\/\//)
    assert.match(page, /prefers-color-scheme: dark/)
  }
})

test('/docs shows every route, who may ask and what it takes; the errors every code', async () => {
  const page = await (await fetch(`${gateway.url}/docs`)).text()
  assert.ok(shown.length >= 30)
  for (const { method, path } of shown)
    assert.ok(
      page.includes(`<span class="verb">${method}</span><code>/api/v1${path}</code>`),
      `${method} ${path}`,
    )
  assert.match(page, /Needs <code>keys:write<\/code><\/li><li>Body <code>name\*, scopes\*, /)
  assert.doesNotMatch(page, /<p[^>]*>[^<]*`/)
  const errors = await (await fetch(`${gateway.url}/docs/errors`)).text()
  for (const code of Object.keys(errorDefinitions)) assert.ok(errors.includes(`id="${code}"`), code)
})

test('/openapi.json says the same to machines', async () => {
  const answer = await fetch(`${gateway.url}/openapi.json`)
  // biome-ignore lint/suspicious/noExplicitAny: the test looks into a document of OpenAPI's shape.
  const { openapi, paths } = (await answer.json()) as any
  assert.match(openapi, /^3\.1\./)
  for (const { method, path, access } of shown) {
    const operation = paths[path][method.toLowerCase()]
    assert.ok(operation.responses.default.content['application/problem+json'])
    if (access === 'anyone') assert.deepEqual(operation.security, [])
    else assert.equal(operation['x-permission'], access)
  }
})

test('what a page shows of the request is only text', async () => {
  const page = await (await fetch(gateway.url, { headers: { 'x-forwarded-host': '<script>' } })).text()
  assert.doesNotMatch(page, /<script>/)
})
