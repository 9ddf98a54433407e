import type { Client } from '@flatrender/contracts/call'
import type { identityContract } from '@flatrender/contracts/identity'
import type { GatewayConfig } from './config.ts'

/** All that the gateway needs from outside. */
export interface GatewayDeps {
  readonly config: GatewayConfig
  /** Of FlatRender. */
  readonly version: string
  readonly identity: Client<typeof identityContract>
  /** Can what this process stands on be worked with? Throws if not. */
  readonly check?: () => Promise<void>
  /** Hears of failures that nobody expected. */
  readonly onError: (error: unknown, request: { readonly id: string; readonly route: string }) => void
}
