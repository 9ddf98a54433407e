import type { RenderState } from '@flatrender/contracts/render'
import type { SystemTransaction } from '@flatrender/platform/db'
import { sql, type Updateable } from 'kysely'
import type { Tables } from '../tables.ts'
import type { AccountName } from './hold-account.ts'
import { MOVED } from './open-watch.ts'
import type { RenderName } from './render-name.ts'
import { statesBefore } from './render-state.ts'
import type { RenderRow } from './renders-store.ts'

/** When a render entered a state is written down there. */
const MOMENTS: Partial<Record<RenderState, keyof Tables['render.render_jobs']>> = {
  preparing: 'preparing_at',
  rendering: 'rendering_at',
  assembling: 'assembling_at',
  succeeded: 'finished_at',
  failed: 'finished_at',
  cancelled: 'finished_at',
}

/** A render, held until the transaction ends. */
export async function holdRender(
  transaction: SystemTransaction<Tables>,
  { tenantId, renderId }: RenderName,
): Promise<RenderRow | undefined> {
  return transaction
    .selectFrom('render.render_jobs')
    .selectAll()
    .where('tenant_id', '=', tenantId)
    .where('id', '=', renderId)
    .forUpdate()
    .executeTakeFirst()
}

/** Brings a render into a state, with what belongs to it, and tells who watches it; undefined where it can't come there from where it is. */
export async function moveRender(
  transaction: SystemTransaction<Tables>,
  { tenantId, renderId }: RenderName,
  state: RenderState,
  more: Updateable<Tables['render.render_jobs']> = {},
): Promise<RenderRow | undefined> {
  const moment = MOMENTS[state]
  const row = await transaction
    .updateTable('render.render_jobs')
    .set({ ...more, state, resting: false, ...(moment && { [moment]: sql`now()` }) })
    .where('tenant_id', '=', tenantId)
    .where('id', '=', renderId)
    .where('state', 'in', statesBefore(state))
    .returningAll()
    .executeTakeFirst()
  if (row !== undefined) await sql`select pg_notify(${MOVED}, ${renderId})`.execute(transaction)
  return row
}

/** Writes down what is known of a render, whatever its state. */
export async function noteRender(
  transaction: SystemTransaction<Tables>,
  { tenantId, renderId }: RenderName,
  known: Updateable<Tables['render.render_jobs']>,
): Promise<void> {
  await transaction
    .updateTable('render.render_jobs')
    .set(known)
    .where('tenant_id', '=', tenantId)
    .where('id', '=', renderId)
    .execute()
}

/** Writes down of a render that is being prepared whether it rests: planning it failed by what may pass, and is tried again. */
export async function noteResting(
  transaction: SystemTransaction<Tables>,
  { tenantId, renderId }: RenderName,
  resting: boolean,
): Promise<void> {
  await transaction
    .updateTable('render.render_jobs')
    .set({ resting })
    .where('tenant_id', '=', tenantId)
    .where('id', '=', renderId)
    .where('state', '=', 'preparing')
    .where('resting', '<>', resting)
    .execute()
}

/** How many of an account's renders are worked on. */
export async function countUnderWay(
  transaction: SystemTransaction<Tables>,
  { tenantId, accountId }: AccountName,
): Promise<number> {
  const { rows } = await sql<{ count: number }>`select count(*)::int as count from render.render_jobs
    where tenant_id = ${tenantId} and account_id = ${accountId}
      and state in ('preparing', 'rendering', 'assembling')`.execute(transaction)
  return rows[0]!.count
}

/** Which of an account's queued renders goes first. */
export const QUEUE_ORDER = sql`array_position('{preview,interactive,batch}'::text[], lane), priority desc, created_at, id`

/** The renders of an account that wait for a place, those that go first before the others. */
export async function findQueued(
  transaction: SystemTransaction<Tables>,
  { tenantId, accountId }: AccountName,
  limit: number,
): Promise<RenderName[]> {
  const { rows } =
    await sql<RenderName>`select tenant_id as "tenantId", id as "renderId" from render.render_jobs
    where tenant_id = ${tenantId} and account_id = ${accountId} and state = 'queued'
    order by ${QUEUE_ORDER} limit ${limit}`.execute(transaction)
  return rows
}

/** Renders that are being prepared and name a file of one of these contents. */
export async function findPreparingWith(
  transaction: SystemTransaction<Tables>,
  files: readonly { readonly tenantId: string; readonly hash: string }[],
): Promise<RenderName[]> {
  const { rows } =
    await sql<RenderName>`select tenant_id as "tenantId", id as "renderId" from render.render_jobs
    where state = 'preparing' and exists (
      select from jsonb_each(media) as used join unnest(
        ${files.map(({ tenantId }) => tenantId)}::text[], ${files.map(({ hash }) => hash)}::text[]
      ) as file (tenant_id, hash)
      on used.value->>'hash' = file.hash and used.value->>'tenantId' = file.tenant_id
    )`.execute(transaction)
  return rows
}

/** Renders that rest before they are planned, or stand still for longer than so many seconds. */
export async function findLingering(
  transaction: SystemTransaction<Tables>,
  { seconds, limit }: { seconds: number; limit: number },
): Promise<RenderName[]> {
  const { rows } =
    await sql<RenderName>`select tenant_id as "tenantId", id as "renderId" from render.render_jobs
    where state in ('queued', 'preparing')
      and (resting or updated_at < now() - make_interval(secs => ${seconds}))
    order by created_at limit ${limit}`.execute(transaction)
  return rows
}

/** Renders that aren't over, a page at a time by tenant and id. */
export async function findOpen(
  transaction: SystemTransaction<Tables>,
  { after, limit }: { after: RenderName | undefined; limit: number },
): Promise<RenderRow[]> {
  const { tenantId = null, renderId = null } = after ?? {}
  const { rows } = await sql<RenderRow>`select * from render.render_jobs
    where state in ('queued', 'preparing', 'rendering', 'assembling')
      and (${tenantId}::uuid is null or (tenant_id, id) > (${tenantId}::uuid, ${renderId}::uuid))
    order by tenant_id, id limit ${limit}`.execute(transaction)
  return rows
}
