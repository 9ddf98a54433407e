import type { Client } from '@flatrender/contracts/call'
import type { contentContract } from '@flatrender/contracts/content'
import { FlatRenderError } from '@flatrender/contracts/errors'
import type { fileContract } from '@flatrender/contracts/file'
import type { identityContract } from '@flatrender/contracts/identity'
import type { notificationContract } from '@flatrender/contracts/notification'
import { archiveRoutes, type renderServiceContract } from '@flatrender/contracts/render'
import type { Observe } from '@flatrender/platform/observe'
import {
  callInProcess,
  callOverHttp,
  deriveServiceKey,
  type RawClient,
  type ServiceAddress,
  type ServiceRouter,
  streamInProcess,
  streamOverHttp,
} from '@flatrender/platform/service'
import type { ServiceName, Settings } from './settings.ts'

/** What the services promise that others call. */
interface Contracts {
  readonly identity: typeof identityContract
  readonly content: typeof contentContract
  readonly file: typeof fileContract
  readonly render: typeof renderServiceContract
  readonly notification: typeof notificationContract
}

/** One of them. */
export type CalledService = keyof Contracts

/** Its raw routes, of the one that has any. */
type Streams<Name extends CalledService> = Name extends 'render'
  ? { readonly streams: RawClient<typeof archiveRoutes> }
  : unknown

/** Where each of them is, if it is in another process. */
const addresses = {
  identity: 'FLATRENDER_IDENTITY_URL',
  content: 'FLATRENDER_CONTENT_URL',
  file: 'FLATRENDER_FILE_URL',
  render: 'FLATRENDER_RENDER_URL',
  notification: 'FLATRENDER_NOTIFICATION_URL',
} as const satisfies Record<CalledService, keyof Settings>

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
    readonly [Name in CalledService]?: {
      readonly service: { readonly router: ServiceRouter<Contracts[Name]> } & Streams<Name>
    }
  }
}

/**
 * The archives of the render service, wherever it is. Errors: SETTING_INVALID where it is neither in this process nor told
 * where.
 */
export function composeArchives(composition: Composition): RawClient<typeof archiveRoutes> {
  const { hosted, observe } = composition
  return hosted.render === undefined
    ? streamOverHttp(archiveRoutes, findAddress(composition, 'render'))
    : streamInProcess(archiveRoutes, hosted.render.service.streams, { service: 'render', observe })
}

/**
 * A service, wherever it is: the one place that decides whether it is called by function, because it is in this
 * process, or over HTTP. Errors: SETTING_INVALID where neither is so.
 */
export function compose<Service extends CalledService>(
  composition: Composition,
  service: Service,
): Client<Contracts[Service]> {
  const hosted = composition.hosted[service]
  return hosted === undefined
    ? callOverHttp<Contracts[Service]>(findAddress(composition, service))
    : callInProcess<Contracts[Service]>(hosted.service.router, { service, observe: composition.observe })
}

/** Whom each service asks. */
const asks: Readonly<Record<ServiceName, readonly CalledService[]>> = {
  identity: ['content', 'file', 'render', 'notification'],
  content: [],
  file: ['identity'],
  render: ['identity', 'content', 'file'],
  notification: ['identity'],
  gateway: ['identity', 'content', 'file', 'render'],
}

/**
 * Makes sure that it is known where all are whom these services ask, before anything is made. Errors: SETTING_INVALID, naming
 * the first that is missing.
 */
export function assertAddresses(settings: Settings, services: readonly ServiceName[]): void {
  for (const service of services)
    for (const asked of asks[service]) if (!services.includes(asked)) readAddress(settings, asked)
}

/** Is it known where a service is: in this process, or at an address of the settings? */
export function isComposable({ hosted, settings }: Composition, service: CalledService): boolean {
  return hosted[service] !== undefined || settings[addresses[service]] !== undefined
}

function findAddress({ settings, secretKey, caller }: Composition, service: CalledService): ServiceAddress {
  return { url: readAddress(settings, service), service, caller, key: deriveServiceKey(secretKey) }
}

function readAddress(settings: Settings, service: CalledService): string {
  const setting = addresses[service]
  const url = settings[setting]
  if (url !== undefined) return url
  throw new FlatRenderError('SETTING_INVALID', {
    setting,
    reason: `the ${service} service is not in this process, so it has to be said where it is`,
  })
}
