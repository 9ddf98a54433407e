import type { Call } from '@flatrender/contracts/call'
import type { AnyContractRouter } from '@orpc/contract'
import type { Router } from '@orpc/server'
import type { GatewayDeps } from '../deps.ts'
import { exposeContract } from './expose-contract.ts'
import { exposedContracts } from './exposed-contracts.ts'

/** One router over all services that the gateway shows. */
export function exposeServices(deps: Pick<GatewayDeps, 'identity'>): Router<AnyContractRouter, Call> {
  const parts = Object.entries(exposedContracts).map(([name, contract]) => [
    name,
    exposeContract(contract, deps[name as keyof typeof exposedContracts]),
  ])
  return Object.fromEntries(parts) as Router<AnyContractRouter, Call>
}
