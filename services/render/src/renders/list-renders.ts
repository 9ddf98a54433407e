import type { Call } from '@flatrender/contracts/call'
import type { Render } from '../deps.ts'
import { findExportsOf } from '../exports/exports-store.ts'
import { describeRender } from './describe-render.ts'
import { readMetadataFilter } from './metadata-filter.ts'
import { findRenders, type RenderFilter } from './renders-store.ts'
import { sightOf } from './sight.ts'

/** Lists renders, a page at a time, the newest first. */
export async function listRenders(
  { database }: Render,
  { actor }: Call,
  input: Omit<RenderFilter, 'metadata'> & { metadata?: string | undefined; limit: number },
) {
  const { tenantId } = actor
  const { limit } = input
  const filter = {
    ...input,
    metadata: input.metadata === undefined ? undefined : readMetadataFilter(input.metadata),
  }
  return database.transact(actor, async (transaction) => {
    // One more tells whether there is a next page.
    const rows = await findRenders(transaction, tenantId, sightOf(actor), { ...filter, limit: limit + 1 })
    const page = rows.slice(0, limit)
    const exports = await findExportsOf(
      transaction,
      tenantId,
      page.map(({ id }) => id),
    )
    return {
      renders: page.map((row) => describeRender(row, exports)),
      next: rows.length > page.length ? page.at(-1)!.id : null,
    }
  })
}
