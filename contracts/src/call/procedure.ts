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

interface ProcedureMeta extends Record<string, unknown> {
  readonly access?: AccessRule
}

/** Begins a contract's procedure. Its access rule is part of it, so that no route can come without one. */
export const procedure = (access: AccessRule) => oc.$meta<ProcedureMeta>({}).meta({ access })

/** The access rule of a procedure of a contract. */
export function accessOf(contract: AnyContractProcedure): AccessRule {
  const { access } = contract['~orpc'].meta as ProcedureMeta
  if (access === undefined) throw new Error('a procedure without an access rule: begin it with procedure()')
  return access
}

/** A service as others call it: `await identity.users.me({}, { context: call })`, by function or over HTTP. */
export type Client<Contract extends AnyContractRouter> = ContractRouterClient<Contract, Call>
