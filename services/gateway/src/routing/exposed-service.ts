import type { AnyContractRouter } from '@orpc/contract'
import type { GatewayDeps } from '../deps.ts'
import { exposedContracts } from './exposed-contracts.ts'

/** A service of which the gateway shows what isn't between services alone. */
export interface ExposedService {
  readonly contract: AnyContractRouter
  /** The service's client: a function for a procedure, an object for what holds procedures. */
  readonly client: object
}

/** By their names, with which their procedures' names begin. */
export type ExposedServices = Readonly<Record<string, ExposedService>>

/** Every service that the gateway shows. */
export function listServices(deps: GatewayDeps): ExposedServices {
  const entries = Object.entries(exposedContracts).map(([name, contract]) => [
    name,
    { contract, client: deps[name as keyof typeof exposedContracts] },
  ])
  return Object.fromEntries(entries)
}
