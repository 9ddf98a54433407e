import { type AnyContractRouter, isContractProcedure } from '@orpc/contract'
import { type AccessRule, accessOf, bodyLimitOf } from './procedure.ts'

/** A procedure that the gateway shows, and the route at which it is. */
export interface ShownProcedure {
  /** Such as `identity.users.me`. */
  readonly name: string
  readonly method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE'
  /** As OpenAPI writes it: `/users/{id}`. */
  readonly path: string
  readonly access: AccessRule
  /** Bytes of a body, where it may have more than others. */
  readonly bodyLimit: number | undefined
}

/** Every procedure of a contract that isn't between services alone. Names begin with the contract's. */
export function listProcedures(contract: AnyContractRouter, name: string): ShownProcedure[] {
  if (!isContractProcedure(contract))
    return Object.entries(contract).flatMap(([key, part]) =>
      listProcedures(part as AnyContractRouter, `${name}.${key}`),
    )
  const access = accessOf(contract)
  if (access === 'service') return []
  const { method = 'POST', path } = contract['~orpc'].route
  if (path === undefined || method === 'HEAD') throw new Error(`${name} is shown and says not where`)
  return [{ name, method, path, access, bodyLimit: bodyLimitOf(contract) }]
}
