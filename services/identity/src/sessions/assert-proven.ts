import type { Call } from '@flatrender/contracts/call'
import { FlatRenderError } from '@flatrender/contracts/errors'
import type { AnyTransaction } from '../tables.ts'
import { isSessionProven } from './proof-store.ts'

/**
 * Stands before every dangerous act: a user's login must have been proven lately, for it may have been left open or copied.
 * Keys and FlatRender itself have nothing to prove again. Errors: STEP_UP_REQUIRED.
 */
export async function assertProven(transaction: AnyTransaction, { actor }: Call): Promise<void> {
  // Whoever switched into this tenant proved their login just before, and it isn't this tenant's to look at.
  if (actor.kind !== 'user' || actor.actingTenantId !== undefined) return
  const { tenantId, sessionId } = actor
  if (sessionId === null || !(await isSessionProven(transaction, { tenantId, sessionId })))
    throw new FlatRenderError('STEP_UP_REQUIRED')
}
