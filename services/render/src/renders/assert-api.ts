import type { Actor } from '@flatrender/contracts/call'
import { FlatRenderError } from '@flatrender/contracts/errors'
import type { Standing } from '@flatrender/contracts/identity'

/** Lets a program's key have something rendered where its account's plan has the API. Errors: PLAN_WITHOUT_API. */
export function assertApi({ kind }: Actor, plan: Standing['plan']): void {
  if (kind === 'key' && plan?.allowsApi === false)
    throw new FlatRenderError('PLAN_WITHOUT_API', { plan: plan.slug })
}
