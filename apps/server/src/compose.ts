import type { Client } from '@flatrender/contracts/call'
import type { contentContract } from '@flatrender/contracts/content'
import { FlatRenderError } from '@flatrender/contracts/errors'
import type { fileContract } from '@flatrender/contracts/file'
import type { identityContract } from '@flatrender/contracts/identity'
import type { renderServiceContract } from '@flatrender/contracts/render'
import type { Observe } from '@flatrender/platform/observe'
import {
  callInProcess,
  callOverHttp,
  deriveServiceKey,
  type ServiceAddress,
} from '@flatrender/platform/service'
import type { HostedContent } from './host-content.ts'
import type { HostedFile } from './host-file.ts'
import type { HostedIdentity } from './host-identity.ts'
import type { HostedRender } from './host-render.ts'
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
  readonly hosted: {
    readonly identity?: HostedIdentity
    readonly content?: HostedContent
    readonly file?: HostedFile
    readonly render?: HostedRender
  }
}

// The one place that decides whether a service is called by function, because it is in this process, or over HTTP.

/** The identity service, wherever it is. Errors: SETTING_INVALID where that isn't said. */
export function composeIdentity(composition: Composition): Client<typeof identityContract> {
  const { hosted, observe } = composition
  const service = 'identity'
  return hosted.identity === undefined
    ? callOverHttp<typeof identityContract>(findAddress(composition, service, 'FLATRENDER_IDENTITY_URL'))
    : callInProcess<typeof identityContract>(hosted.identity.service.router, { service, observe })
}

/** The content service, wherever it is. Errors: SETTING_INVALID where that isn't said. */
export function composeContent(composition: Composition): Client<typeof contentContract> {
  const { hosted, observe } = composition
  const service = 'content'
  return hosted.content === undefined
    ? callOverHttp<typeof contentContract>(findAddress(composition, service, 'FLATRENDER_CONTENT_URL'))
    : callInProcess<typeof contentContract>(hosted.content.service.router, { service, observe })
}

/** The file service, wherever it is. Errors: SETTING_INVALID where that isn't said. */
export function composeFile(composition: Composition): Client<typeof fileContract> {
  const { hosted, observe } = composition
  const service = 'file'
  return hosted.file === undefined
    ? callOverHttp<typeof fileContract>(findAddress(composition, service, 'FLATRENDER_FILE_URL'))
    : callInProcess<typeof fileContract>(hosted.file.service.router, { service, observe })
}

/** The render service, wherever it is. Errors: SETTING_INVALID where that isn't said. */
export function composeRender(composition: Composition): Client<typeof renderServiceContract> {
  const { hosted, observe } = composition
  const service = 'render'
  return hosted.render === undefined
    ? callOverHttp<typeof renderServiceContract>(findAddress(composition, service, 'FLATRENDER_RENDER_URL'))
    : callInProcess<typeof renderServiceContract>(hosted.render.service.router, { service, observe })
}

function findAddress(
  { settings, secretKey, caller }: Composition,
  service: string,
  setting:
    | 'FLATRENDER_IDENTITY_URL'
    | 'FLATRENDER_CONTENT_URL'
    | 'FLATRENDER_FILE_URL'
    | 'FLATRENDER_RENDER_URL',
): ServiceAddress {
  const url = settings[setting]
  if (url === undefined)
    throw new FlatRenderError('SETTING_INVALID', {
      setting,
      reason: `the ${service} service is not in this process, so it has to be said where it is`,
    })
  return { url, service, caller, key: deriveServiceKey(secretKey) }
}
