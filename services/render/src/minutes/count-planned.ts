import { callAsSystem } from '@flatrender/contracts/call'
import type { Render } from '../deps.ts'
import { readKeptOutput } from '../renders/describe-render.ts'
import { holdAccount } from '../renders/hold-account.ts'
import type { RenderRow } from '../renders/renders-store.ts'
import { noteRender } from '../renders/renders-system-store.ts'
import { assertMinutes } from './assert-minutes.ts'
import { measureVideo } from './measure-video.ts'

/**
 * Counts a video as long as its plan has it, where its media made it longer or shorter than it was taken on for.
 * Errors: PLAN_MINUTES_SPENT for a longer one.
 */
export async function countPlanned(
  { identity, system }: Render,
  row: RenderRow,
  frames: number,
): Promise<void> {
  const milliseconds = measureVideo(readKeptOutput(row), frames)
  if (milliseconds === row.video_ms) return
  const { tenant_id: tenantId, account_id: accountId, id, owner_id: userId, created_at: at } = row
  const context = { context: callAsSystem(tenantId) }
  const isLonger = milliseconds > row.video_ms
  const standing = isLonger ? await identity.plans.standingOf({ userId, keyId: null }, context) : undefined
  const account = { tenantId, accountId }
  await system.transact(async (transaction) => {
    if (standing !== undefined) {
      await holdAccount(transaction, account, 'renders')
      await assertMinutes(transaction, account, standing.plan, { milliseconds, at, except: id })
    }
    await noteRender(transaction, { tenantId, renderId: id }, { video_ms: milliseconds })
  })
}
