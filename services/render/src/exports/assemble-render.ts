import { randomUUID } from 'node:crypto'
import type { SystemTransaction } from '@flatrender/platform/db'
import type { Render } from '../deps.ts'
import { enqueueFrameJobs } from '../frame-jobs/enqueue-frame-jobs.ts'
import { keeperOfSound, keyOfSound } from '../plans/key-of-sound.ts'
import { type PlanObject, readPlanObject } from '../plans/plan-object.ts'
import { writeAssembleOrder } from '../plans/write-orders.ts'
import { readRenderName } from '../renders/render-name.ts'
import { findRender, type RenderRow } from '../renders/renders-store.ts'
import { holdRender } from '../renders/renders-system-store.ts'
import { locateSegments } from '../segments/segments-system-store.ts'
import { waitAgain } from '../segments/wait-again.ts'
import type { Tables } from '../tables.ts'
import { beginExport, holdAssembleJobs } from './exports-system-store.ts'

/** Learned milliseconds of joining, for a second of video: it reads every segment. */
const MS_PER_SECOND = 10
const MEMORY = 512 * 1024 ** 2

/** Job: has a render's segments joined by a node. Where some are gone meanwhile they are rendered again first. */
export async function assembleRender(render: Render, payload: unknown): Promise<void> {
  const name = readRenderName(payload)
  const { system, storage } = render
  const row = await system.ask((transaction) => findRender(transaction, name))
  if (row === undefined || !isDue(row)) return
  const object = await readPlanObject(storage, row.plan_object_key!)
  const done = await system.transact(async (transaction) => {
    // Before the render, as everybody does.
    const underWay = await holdAssembleJobs(transaction, name)
    const held = await holdRender(transaction, name)
    if (held === undefined || !isDue(held) || underWay.length > 0) return true
    return order(transaction, held, object)
  })
  if (!done) await waitAgain(render, row, object)
}

/** One that succeeded before has a file that is made again. */
function isDue({ state }: RenderRow): boolean {
  return state === 'assembling' || state === 'succeeded'
}

/** Gives the order; false where segments are missing. */
async function order(
  transaction: SystemTransaction<Tables>,
  row: RenderRow,
  object: PlanObject,
): Promise<boolean> {
  const { plan, pieces } = object
  const sound = keyOfSound(object)
  const names = [
    ...plan.segments.map(({ key, piece }) => ({ key, tenantId: pieces[piece]!.tenantId })),
    ...(sound === undefined ? [] : [{ key: sound, tenantId: keeperOfSound(object, row.tenant_id) }]),
  ]
  const located = await locateSegments(transaction, names)
  if (names.some(({ key }) => !located.has(key))) return false
  const id = randomUUID()
  const name = { tenantId: row.tenant_id, renderId: row.id }
  const begun = await beginExport(transaction, name, { container: plan.container, frameJobId: id })
  if (begun === undefined) return true
  const { fps } = plan.settings
  await enqueueFrameJobs(transaction, [
    {
      tenantId: row.tenant_id,
      id,
      kind: 'assemble',
      payer: { tenantId: row.tenant_id, accountId: row.account_id },
      renderJobId: row.id,
      lane: row.lane,
      priority: row.priority,
      engineBuild: plan.engine,
      templateHash: object.template.contentHash,
      neededMemoryBytes: MEMORY,
      frames: 0,
      estimatedMs: Math.ceil(((plan.frames * fps.den) / fps.num) * MS_PER_SECOND) + MS_PER_SECOND,
      input: writeAssembleOrder(object, located, begun.object_key!),
      waiters: 1,
    },
  ])
  return true
}
