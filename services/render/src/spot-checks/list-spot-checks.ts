import type { Call } from '@flatrender/contracts/call'
import type { SpotCheckView } from '@flatrender/contracts/render'
import { cutPage } from '@flatrender/platform/service'
import type { Render } from '../deps.ts'
import { assertOperator } from '../nodes/assert-operator.ts'
import { findSpotChecks, type ShownSpotCheck, type SpotCheckFilter } from './spot-checks-system-store.ts'

/** Lists spot checks of all that the farm paints, a page at a time, the newest first. Errors: NODES_NOT_YOURS. */
export async function listSpotChecks({ system }: Render, call: Call, input: SpotCheckFilter) {
  assertOperator(call)
  const found = await system.ask((transaction) =>
    findSpotChecks(transaction, { ...input, limit: input.limit + 1 }),
  )
  const { page, next } = cutPage(found, input.limit)
  return { spotChecks: page.map(describe), next }
}

const describe = ({ createdAt, checkedAt, closedAt, ...row }: ShownSpotCheck): SpotCheckView => ({
  ...row,
  createdAt: createdAt.toISOString(),
  checkedAt: checkedAt?.toISOString() ?? null,
  closedAt: closedAt?.toISOString() ?? null,
})
