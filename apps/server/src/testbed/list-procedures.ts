import { type AccessRule, accessOf } from '@flatrender/contracts/call'
import { contentContract } from '@flatrender/contracts/content'
import { identityContract } from '@flatrender/contracts/identity'
import { type AnyContractRouter, isContractProcedure } from '@orpc/contract'

/** A procedure that the gateway shows. */
export interface ShownProcedure {
  readonly method: string
  /** Such as `/tenants/{id}/suspend`. */
  readonly path: string
  readonly access: AccessRule
}

/** Every procedure of every contract that isn't between services alone: a new one can't escape the tests. */
export function listProcedures(
  contract: AnyContractRouter = { identity: identityContract, content: contentContract },
): ShownProcedure[] {
  if (!isContractProcedure(contract))
    return Object.values(contract).flatMap((part) => listProcedures(part as AnyContractRouter))
  const access = accessOf(contract)
  const { method = 'POST', path = '' } = contract['~orpc'].route
  return access === 'service' ? [] : [{ method, path, access }]
}
