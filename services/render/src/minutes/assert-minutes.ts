import { FlatRenderError } from '@flatrender/contracts/errors'
import type { Standing } from '@flatrender/contracts/identity'
import type { AccountName } from '../renders/hold-account.ts'
import type { AnyTransaction } from '../tables.ts'
import { sumMonth } from './minutes-store.ts'

const MINUTE = 60_000

/**
 * Holds a video of so many milliseconds to its plan's minutes of a month. Two at once may both find room, unless the account's
 * renders are held. Errors: PLAN_MINUTES_SPENT.
 */
export async function assertMinutes(
  transaction: AnyTransaction,
  account: AccountName,
  plan: Standing['plan'],
  video: { readonly milliseconds: number; readonly at?: Date; readonly except?: string },
): Promise<void> {
  const limit = plan?.monthlyMinutes ?? null
  if (plan === null || limit === null) return
  const { milliseconds } = video
  const used = await sumMonth(transaction, account, video)
  if (used + milliseconds > limit * MINUTE)
    throw new FlatRenderError('PLAN_MINUTES_SPENT', {
      plan: plan.slug,
      limit,
      used: inMinutes(used),
      wanted: inMinutes(milliseconds),
    })
}

/** To the hundredth. */
function inMinutes(milliseconds: number): number {
  return Math.round((milliseconds * 100) / MINUTE) / 100
}
