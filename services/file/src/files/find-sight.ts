import type { Call } from '@flatrender/contracts/call'
import type { FileDeps } from '../deps.ts'
import { findStanding } from './find-standing.ts'

/** Which files of a tenant are seen. */
export interface Sight {
  /** All of them. */
  readonly all: boolean
  /** Else those of this user; null: those that are the tenant's own. */
  readonly ownerId: string | null
}

/** Who looks after a tenant's users sees their files; everybody else those of their own, a key those of who made it. */
export async function findSight(deps: FileDeps, call: Call): Promise<Sight> {
  const { actor } = call
  if (actor.kind === 'system' || actor.permissions.includes('users:read')) return { all: true, ownerId: null }
  if (actor.kind === 'user' && actor.actingTenantId === undefined) return { all: false, ownerId: actor.id }
  const { ownerId } = await findStanding(deps, call)
  return { all: false, ownerId }
}
