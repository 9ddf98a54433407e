import assert from 'node:assert/strict'
import { spawn } from 'node:child_process'
import { randomUUID } from 'node:crypto'
import { once } from 'node:events'
import path from 'node:path'
import { after, before, test } from 'node:test'
import { openWebServer, type WebServer } from '@flatrender/platform/testkit'
import { sql } from 'kysely'
import { callAsSystem, enterAsOwner, openTestbed, type Testbed } from '../testbed/open-testbed.ts'

const EVENTS = 20
const program = path.join(import.meta.dirname, 'testbed/deliver-process.ts')

let testbed: Testbed
let web: WebServer
before(async () => {
  testbed = await openTestbed()
  web = await openWebServer()
})
after(async () => {
  await web?.close()
  await testbed?.close()
})

test('whoever is killed amid its tries, each event is heard, and ends once', async () => {
  const owner = await enterAsOwner(testbed)
  const { id } = await testbed.client.webhooks.create({ url: web.url }, { context: owner })
  const eventIds = Array.from({ length: EVENTS }, () => randomUUID())
  for (const eventId of eventIds)
    await testbed.client.webhooks.send(
      { eventId, type: 'render.job.failed', happenedAt: new Date().toISOString(), data: {}, url: null },
      { context: callAsSystem() },
    )
  const heard: string[] = []
  let half = () => {}
  web.answer((request, response) => {
    heard.push(String(request.headers['webhook-id']))
    // Half are answered, and whoever waits for the others is killed.
    if (heard.length <= EVENTS / 2) response.end()
    else if (heard.length < EVENTS) return
    else if (heard.length === EVENTS) half()
    else response.end()
  })
  const child = spawn(process.execPath, [program, JSON.stringify(testbed.place)], { stdio: 'inherit' })
  const gone = once(child, 'exit')
  await new Promise<void>((resolve) => {
    half = resolve
  })
  child.kill('SIGKILL')
  assert.deepEqual(await gone, [null, 'SIGKILL'])

  // A minute later.
  await testbed.ask(
    sql`update identity.tenant_webhook_deliveries set next_attempt_at = now() where state = 'pending'`,
  )
  for (const _ of [1, 2]) await testbed.jobs['identity.deliver-webhooks'](null, new AbortController().signal)
  assert.deepEqual([...new Set(heard)].toSorted(), eventIds.toSorted())
  const { deliveries } = await testbed.client.webhooks.listDeliveries({ id, limit: 100 }, { context: owner })
  assert.deepEqual(
    deliveries.map(({ eventId, attempt, state }) => `${eventId} ${attempt} ${state}`).toSorted(),
    eventIds.map((eventId) => `${eventId} 1 delivered`).toSorted(),
  )
})
