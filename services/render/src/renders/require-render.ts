import type { Actor } from '@flatrender/contracts/call'
import { FlatRenderError } from '@flatrender/contracts/errors'
import type { AnyTransaction } from '../tables.ts'
import { findRender, type RenderRow } from './renders-store.ts'
import { isInSight, sightOf } from './sight.ts'

/** A render that the actor may see. Errors: RENDER_UNKNOWN, for one of somebody else too. */
export async function requireRender(
  transaction: AnyTransaction,
  actor: Actor,
  id: string,
): Promise<RenderRow> {
  const row = await findRender(transaction, { tenantId: actor.tenantId, renderId: id })
  if (row === undefined || !isInSight(sightOf(actor), row))
    throw new FlatRenderError('RENDER_UNKNOWN', { render: id })
  return row
}
