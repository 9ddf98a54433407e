import type { Client } from '@flatrender/contracts/call'
import { FlatRenderError } from '@flatrender/contracts/errors'
import type { identityContract } from '@flatrender/contracts/identity'
import type { Observe } from '@flatrender/platform/observe'
import { callInProcess, callOverHttp, deriveServiceKey } from '@flatrender/platform/service'
import type { HostedIdentity } from './host-identity.ts'
import type { Settings } from './settings.ts'

/** What one process needs to know to reach the services. */
export interface Composition {
  readonly settings: Settings
  readonly secretKey: Buffer
  /** Who asks: the name goes into the tokens between services. */
  readonly caller: string
  /** Hears of the calls that don't leave the process. */
  readonly observe: Observe
  /** Those of this process. */
  readonly hosted: { readonly identity?: HostedIdentity }
}

/**
 * The one place that decides whether a service is called by function, because it is in this process, or over HTTP.
 * Errors: SETTING_INVALID where neither is possible.
 */
export function composeIdentity({
  settings,
  secretKey,
  caller,
  observe,
  hosted,
}: Composition): Client<typeof identityContract> {
  if (hosted.identity !== undefined)
    return callInProcess<typeof identityContract>(hosted.identity.service.router, {
      service: 'identity',
      observe,
    })
  const url = settings.FLATRENDER_IDENTITY_URL
  if (url === undefined)
    throw new FlatRenderError('SETTING_INVALID', {
      setting: 'FLATRENDER_IDENTITY_URL',
      reason: 'the identity service is not in this process, so it has to be said where it is',
    })
  return callOverHttp<typeof identityContract>({
    url,
    service: 'identity',
    caller,
    key: deriveServiceKey(secretKey),
  })
}
