import type { Call } from '@flatrender/contracts/call'
import type { Render } from '../deps.ts'
import { findExportsOf } from '../exports/exports-store.ts'
import { describeRender } from './describe-render.ts'
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
    metadata: input.metadata === undefined ? undefined : readMetadata(input.metadata),
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

/** `name:value`; an address can't say whether 5 is a number or a text, so it is either. */
function readMetadata(given: string) {
  const colon = given.indexOf(':')
  const text = given.slice(colon + 1)
  const values: unknown[] = [text]
  if (/^(true|false|null|-?\d+(\.\d+)?)$/.test(text)) values.push(JSON.parse(text))
  return { name: given.slice(0, colon), values }
}
