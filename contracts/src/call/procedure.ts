import {
  type AnyContractProcedure,
  type AnyContractRouter,
  type ContractRouterClient,
  oc,
} from '@orpc/contract'
import type { Call } from './actor.ts'
import type { Permission } from './permissions.ts'

/**
 * Who may call a procedure: `anyone`, whoever has this permission, or `service`: other services alone, which the
 * gateway never shows.
 */
export type AccessRule = 'anyone' | 'service' | Permission

/** What a procedure says of itself beside its schemas. */
export interface ProcedureRules {
  /** Bytes of a request's body, at most, where that is more than the gateway lets through elsewhere. */
  readonly bodyLimit?: number
}

interface ProcedureMeta extends ProcedureRules, Record<string, unknown> {
  readonly access?: AccessRule
}

/** Begins a contract's procedure. Its access rule is part of it, so that no route can come without one. */
export const procedure = (access: AccessRule, rules: ProcedureRules = {}) =>
  oc.$meta<ProcedureMeta>({}).meta({ ...rules, access })

/** The access rule of a procedure of a contract. */
export function accessOf(contract: AnyContractProcedure): AccessRule {
  const { access } = contract['~orpc'].meta as ProcedureMeta
  if (access === undefined) throw new Error('a procedure without an access rule: begin it with procedure()')
  return access
}

/** Bytes that a procedure's body may have, where it says so itself. */
export function bodyLimitOf(contract: AnyContractProcedure): number | undefined {
  return (contract['~orpc'].meta as ProcedureMeta).bodyLimit
}

/** A service as others call it: `await identity.users.me({}, { context: call })`, by function or over HTTP. */
export type Client<Contract extends AnyContractRouter> = ContractRouterClient<Contract, Call>
