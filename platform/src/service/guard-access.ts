import { type AccessRule, accessOf, type Call } from '@flatrender/contracts/call'
import { FlatRenderError } from '@flatrender/contracts/errors'
import { os } from '@orpc/server'

/**
 * The first thing that every procedure of a service passes: `implement(contract).$context<Call>().use(guardAccess)`.
 * None runs for whom its access rule refuses. Errors: ACCESS_UNPROVEN for a visitor, ACCESS_FORBIDDEN for whoever
 * lacks the permission.
 */
export const guardAccess = os.$context<Call>().middleware(({ context, procedure, next }) => {
  assertAccess(context, accessOf(procedure))
  return next()
})

/** The same for who knows the rule. Errors: as above. */
export function assertAccess({ actor }: Pick<Call, 'actor'>, rule: AccessRule): void {
  if (rule === 'anyone' || actor.kind === 'system') return
  if (actor.kind === 'visitor') throw new FlatRenderError('ACCESS_UNPROVEN')
  if (rule === 'service' || !actor.permissions.includes(rule))
    throw new FlatRenderError('ACCESS_FORBIDDEN', { permission: rule })
}
