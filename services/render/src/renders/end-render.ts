import type { FlatRenderError } from '@flatrender/contracts/errors'
import type { SystemTransaction } from '@flatrender/platform/db'
import { enqueue } from '@flatrender/platform/events'
import type { Render } from '../deps.ts'
import type { Tables } from '../tables.ts'
import type { RenderName } from './render-name.ts'
import { moveRender } from './renders-system-store.ts'

/** Why a render failed: a code of the error table, its data, and where it happened. */
export interface RenderFailure {
  readonly code: string
  readonly data: Readonly<Record<string, unknown>>
}

/** What follows from an end, and needs other services or locks: it is done right after. */
const CLEAR_RENDER = 'render.clear-render'

/** Ends a render that failed, unless it is over; says whether it did. */
export async function failRender(
  render: Render,
  transaction: SystemTransaction<Tables>,
  name: RenderName,
  { code, data }: RenderFailure,
): Promise<boolean> {
  const { tenantId, renderId } = name
  const more = { failure_code: code, failure_data: { ...data } }
  const row = await moveRender(transaction, name, 'failed', more)
  if (row === undefined) return false
  await render.emit(transaction, {
    type: 'render.job.failed',
    tenantId,
    subject: renderId,
    data: { renderId, code },
  })
  await clearLater(transaction, name)
  return true
}

/** Ends a render that somebody cancels, unless it is over; says whether it did. */
export async function endCancelled(
  render: Render,
  transaction: SystemTransaction<Tables>,
  name: RenderName,
): Promise<boolean> {
  const { tenantId, renderId } = name
  const row = await moveRender(transaction, name, 'cancelled')
  if (row === undefined) return false
  await render.emit(transaction, {
    type: 'render.job.cancelled',
    tenantId,
    subject: renderId,
    data: { renderId },
  })
  await clearLater(transaction, name)
  return true
}

/** Has a render's segments, credits and place given back, once the transaction is done. */
export async function clearLater(
  transaction: SystemTransaction<Tables>,
  { tenantId, renderId }: RenderName,
): Promise<void> {
  await enqueue(transaction, { task: CLEAR_RENDER, payload: { tenantId, renderId }, key: renderId })
}

/** An expected failure as a render keeps it. */
export function asRenderFailure({ code, data }: FlatRenderError): RenderFailure {
  return { code, data: { ...data } }
}
