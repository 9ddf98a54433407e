import type { RenderPlan } from '@flatrender/contracts/engine'
import type { SystemTransaction } from '@flatrender/platform/db'
import type { Render } from '../deps.ts'
import { retryDeadlocks } from '../frame-jobs/retry-deadlocks.ts'
import type { Grouping } from '../plans/group-segments.ts'
import { countIdleWorkers, learnMsPerFrame } from '../plans/learn-work-system-store.ts'
import type { PlanObject } from '../plans/plan-object.ts'
import type { RenderRow } from '../renders/renders-store.ts'
import { withShares } from '../shares/change-shares.ts'
import { type AccountTerms, writeTerms } from '../shares/shares-system-store.ts'
import type { Tables } from '../tables.ts'
import { SegmentsMoved, type WaitedSegments, waitForSegments } from './wait-for-segments.ts'

/** How often it is begun anew where others begin to paint the same at the same time. */
const TRIES = 20

/** The render is over, or elsewhere: what was begun for it is undone. */
class RenderGone extends Error {}

/** Writes down what the plan of a render's account gives it, and looks how its frame jobs are best cut. */
export function learnGrouping(
  { system }: Render,
  row: RenderRow,
  { plan, templateHash }: { readonly plan: RenderPlan; readonly templateHash: string },
): Promise<Grouping> {
  const { width, height } = plan.settings
  return system.transact(async (transaction) => {
    await writeTerms(transaction, termsOf(row))
    return {
      msPerFrame: await learnMsPerFrame(transaction, { templateHash, pixels: width * height }),
      idleWorkers: await countIdleWorkers(transaction, plan.engine),
    }
  })
}

/**
 * Makes a render wait for its segments, and brings it where it belongs then: `proceed` says whether it could. If not,
 * nothing has happened.
 */
export async function beginWaiting(
  { system }: Render,
  row: RenderRow,
  object: PlanObject,
  grouping: Grouping,
  proceed: (transaction: SystemTransaction<Tables>, waited: WaitedSegments) => Promise<boolean>,
): Promise<boolean> {
  const waiter = {
    tenantId: row.tenant_id,
    renderId: row.id,
    accountId: row.account_id,
    lane: row.lane,
    priority: row.priority,
  }
  for (let tries = 1; ; tries++)
    try {
      await retryDeadlocks(() =>
        system.transact((transaction) =>
          withShares(transaction, async () => {
            const waited = await waitForSegments(transaction, waiter, object, grouping)
            if (!(await proceed(transaction, waited))) throw new RenderGone()
          }),
        ),
      )
      return true
    } catch (error) {
      if (error instanceof RenderGone) return false
      if (!(error instanceof SegmentsMoved) || tries >= TRIES) throw error
    }
}

/** Weight of an account whose plan has no priority, and what each step of priority adds. */
const [WEIGHT, WEIGHT_OF_PRIORITY] = [100, 10]
/** Frame jobs at once for each render that the plan lets be worked on; as many again while nodes would stand idle. */
const JOBS_OF_RENDER = 8

/** What the plan of a render's account gives it among the others. */
function termsOf({
  tenant_id: tenantId,
  account_id: accountId,
  priority,
  running_cap,
}: RenderRow): AccountTerms {
  const jobs = running_cap === null ? null : running_cap * JOBS_OF_RENDER
  return {
    payer: { tenantId, accountId },
    weight: Math.max(1, WEIGHT + priority * WEIGHT_OF_PRIORITY),
    runningCap: jobs,
    runningBurst: jobs ?? 0,
  }
}
