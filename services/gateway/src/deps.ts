import type { Client } from '@flatrender/contracts/call'
import type { contentContract } from '@flatrender/contracts/content'
import type { fileContract } from '@flatrender/contracts/file'
import type { fileRoutes } from '@flatrender/contracts/files'
import type { identityContract } from '@flatrender/contracts/identity'
import type { archiveRoutes, renderServiceContract } from '@flatrender/contracts/render'
import type { Observe } from '@flatrender/platform/observe'
import type { RawClient } from '@flatrender/platform/service'
import type { GatewayConfig } from './config.ts'

/** Does an address, behind the API's prefix, open what it names by this method, for whoever has it? */
export type IsSigned = (asked: { readonly method: string; readonly url: string }) => boolean

/** All that the gateway needs from outside. */
export interface GatewayDeps {
  readonly config: GatewayConfig
  /** Of FlatRender. */
  readonly version: string
  readonly identity: Client<typeof identityContract>
  readonly content: Client<typeof contentContract>
  readonly render: Client<typeof renderServiceContract>
  readonly file: Client<typeof fileContract>
  /** Stored files by signed addresses. */
  readonly files: RawClient<typeof fileRoutes>
  /** Is an address of those, behind the API's prefix, rightly signed for this method? Looks nothing up. */
  readonly isSignedFile: IsSigned
  /** Archives of finished files by signed addresses. */
  readonly archives: RawClient<typeof archiveRoutes>
  /** Can what this process stands on be worked with? Throws if not. */
  readonly check?: () => Promise<void>
  /** Hears of every request of the API. */
  readonly observe?: Observe
  /** Numbers of the services in this process, in Prometheus's text format; they are shown with the gateway's own. */
  readonly writeMetrics?: () => Promise<string>
  /** Hears of what whoever runs this should know, in a sentence. */
  readonly warn?: (words: string) => void
  /** Hears of failures that nobody expected. */
  readonly onError: (error: unknown, request: { readonly id: string; readonly route: string }) => void
}
