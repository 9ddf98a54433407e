import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { setTimeout } from 'node:timers/promises'
import { Worker } from 'node:worker_threads'
import { FlatRenderError } from '@flatrender/contracts/errors'
import type { RenderProgressView } from '@flatrender/contracts/render'
import { sql } from 'kysely'
import { findLingering } from '../renders/renders-system-store.ts'
import { submitRender } from '../renders/submit-render.ts'
import type { RenderDeps } from '../service.ts'
import { addNode } from '../testbed/farm.ts'
import { callOf, isCode, openTestbed, type Testbed } from '../testbed/open-testbed.ts'
import { readTemplate } from '../testbed/store-template.ts'
import { planRender } from './plan-render.ts'

const sara = callOf()
const { tenantId, id: accountId } = sara.actor
let testbed: Testbed
/** What comes of asking the identity service to keep credits promised. */
let renew: () => Promise<void>

before(async () => {
  const template = await readTemplate('logo-reveal')
  const identity = {
    plans: { standingOf: async () => ({ ownerId: accountId, accountId, plan: null }) },
    credits: {
      quote: async () => ({ enough: true, available: 1000 }),
      reserve: async () => {},
      renew: () => renew(),
    },
  }
  testbed = await openTestbed({
    content: template.content,
    identity: identity as unknown as RenderDeps['identity'],
  })
  await template.store(testbed.deps.storage)
  await addNode(testbed, 'one')
})
after(() => testbed?.close())

const answer = async () => {}
const beAway = async () => {
  throw new FlatRenderError('SERVICE_UNAVAILABLE', { service: 'identity' })
}

/** Has a render planned while another service is away; gives its name. */
async function planInVain() {
  const wish = { template: 'logo-reveal', modifications: { name: 'Lumo' } }
  const made = await testbed.client.renders.submit(wish, { context: sara })
  assert.ok(!made.dryRun)
  const name = { tenantId, renderId: made.id }
  renew = beAway
  await assert.rejects(planRender(testbed.render, name), isCode('SERVICE_UNAVAILABLE'))
  return name
}

/** What whoever watches a render hears first. */
async function look(id: string): Promise<RenderProgressView> {
  for await (const progress of await testbed.client.renders.events({ id }, { context: sara })) return progress
  throw new Error('nothing was told')
}

test('a render is compiled while it is taken on, and its planning finds that done', async (context) => {
  const orders = context.mock.method(Worker.prototype, 'postMessage')
  renew = answer
  const made = await submitRender(testbed.render, sara, {
    template: 'logo-reveal',
    modifications: { name: 'Foreseen', tagline: 'And told twice' },
    output: { container: 'mp4' },
    metadata: {},
    lane: 'interactive',
    dryRun: false,
  })
  assert.ok(!made.dryRun)
  while (orders.mock.callCount() === 0) await setTimeout(5)
  await planRender(testbed.render, { tenantId, renderId: made.id })
  assert.equal((await look(made.id)).state, 'rendering')
  assert.equal(orders.mock.callCount(), 1)
})

test('a render whose planning failed by what may pass rests, says so, and is tried again', async () => {
  const name = await planInVain()
  const { state, waiting } = await look(name.renderId)
  assert.deepEqual([state, waiting?.reason, waiting?.expectedSeconds], ['preparing', 'resting', null])
  const lingering = await testbed.deps.system.transact((transaction) =>
    findLingering(transaction, { seconds: 1000, limit: 10 }),
  )
  assert.deepEqual(lingering, [name])

  const asked = Promise.withResolvers<void>()
  const answered = Promise.withResolvers<void>()
  renew = () => {
    asked.resolve()
    return answered.promise
  }
  const planned = planRender(testbed.render, name)
  await asked.promise
  assert.equal((await look(name.renderId)).waiting, null, 'it is worked on')
  answered.resolve()
  await planned
  assert.deepEqual((await look(name.renderId)).waiting?.reason, 'queue')
})

test('one that was tried for long fails, and rests no more', async () => {
  const { tenantId: _, renderId: id } = await planInVain()
  await testbed.ask(
    sql`update render.render_jobs set preparing_at = now() - interval '11 minutes' where id = ${id}`,
  )
  await planRender(testbed.render, { tenantId, renderId: id })
  const { state, waiting, failure } = await look(id)
  assert.deepEqual([state, waiting, failure?.code], ['failed', null, 'SERVICE_UNAVAILABLE'])
})

test('what failed is told though it cannot be written down that it is tried again', async () => {
  const name = await planInVain()
  renew = answer
  const told: string[] = []
  let asked = 0
  // The database is lost once the planning has begun.
  const system: RenderDeps['system'] = {
    ...testbed.deps.system,
    transact: (work) =>
      asked++ === 0 ? testbed.deps.system.transact(work) : Promise.reject(new Error('lost')),
  }
  const report = (error: unknown) => void told.push(String(error))
  await assert.rejects(planRender({ ...testbed.render, system, report }, name), /lost/)
  assert.deepEqual(told, ['Error: lost'])
})
