import type { Call } from '@flatrender/contracts/call'
import type { AnyContractRouter } from '@orpc/contract'
import type { Router } from '@orpc/server'
import { exposeContract } from './expose-contract.ts'
import type { ExposedServices } from './exposed-service.ts'

/** One router over all services that the gateway shows. */
export function exposeServices(services: ExposedServices): Router<AnyContractRouter, Call> {
  const parts = Object.entries(services).map(([name, { contract, client }]) => [
    name,
    exposeContract(contract, client),
  ])
  return Object.fromEntries(parts) as Router<AnyContractRouter, Call>
}
