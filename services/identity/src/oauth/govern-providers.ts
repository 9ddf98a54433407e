import type { Call } from '@flatrender/contracts/call'
import { FlatRenderError } from '@flatrender/contracts/errors'
import type { TenantTransaction } from '@flatrender/platform/db'
import { assertProven } from '../sessions/assert-proven.ts'
import type { Tables } from '../tables.ts'
import { assertGrantable } from '../users/assert-grantable.ts'

/**
 * Stands before every change of a login provider: it says who somebody is, so whoever sets one up could log in as any owner.
 * Errors: ACCESS_UNPROVEN for a key, ROLE_TOO_HIGH, STEP_UP_REQUIRED.
 */
export async function governProviders(transaction: TenantTransaction<Tables>, call: Call): Promise<void> {
  if (call.actor.kind === 'key') throw new FlatRenderError('ACCESS_UNPROVEN')
  assertGrantable(call, ['owner'])
  await assertProven(transaction, call)
}
