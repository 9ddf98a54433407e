import type { Render } from '../deps.ts'
import { assembleLater } from '../exports/assemble-later.ts'
import type { PlanObject } from '../plans/plan-object.ts'
import type { RenderRow } from '../renders/renders-store.ts'
import { moveRender } from '../renders/renders-system-store.ts'
import { beginWaiting, learnGrouping } from './begin-waiting.ts'

/** Has those segments of a render painted again that are gone; says whether it still wants them. */
export async function waitAgain(render: Render, row: RenderRow, object: PlanObject): Promise<boolean> {
  const name = { tenantId: row.tenant_id, renderId: row.id }
  const { plan, template } = object
  const grouping = await learnGrouping(render, row, { plan, templateHash: template.contentHash })
  return beginWaiting(render, row, object, grouping, async (transaction, { cachedFrames, complete }) => {
    if (complete) {
      await assembleLater(transaction, name)
      return true
    }
    // One that is over counts on them for a file that is made again.
    if (row.state === 'succeeded') return true
    const frames_cached = Math.min(row.frames_cached, cachedFrames)
    const more = { frames_done: cachedFrames, frames_cached }
    return (await moveRender(transaction, name, 'rendering', more)) !== undefined
  })
}
