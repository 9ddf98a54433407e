import { fileRoutes, SIGNED_FILES_PATH } from '@flatrender/contracts/files'
import type { Observe } from '@flatrender/platform/observe'
import { type RawClient, type RawHandler, streamInProcess } from '@flatrender/platform/service'
import { isSigned, serveSigned } from '@flatrender/platform/storage'
import type { GatewayDeps } from '@flatrender/service-gateway'
import type { Ground } from './open-ground.ts'

/** Stored files by signed addresses, answered by this process, which has the storage. */
export function hostFiles(
  { storage, secretKeys }: Pick<Ground, 'storage' | 'secretKeys'>,
  observe: Observe,
): RawClient<typeof fileRoutes> {
  const serve: RawHandler = async (_call, { url, ...request }) => {
    const signed = { ...request, url: behindBase(url) }
    const { status, headers, stream } = await serveSigned({ storage, secretKeys }, signed)
    return { status, headers, body: stream }
  }
  return streamInProcess(fileRoutes, { get: serve, put: serve }, { service: 'files', observe })
}

/** Whether an address of those is rightly signed for a method. */
export function openIsSignedFile({ secretKeys }: Pick<Ground, 'secretKeys'>): GatewayDeps['isSignedFile'] {
  return ({ method, url }) => isSigned(secretKeys, { method, url: behindBase(url) })
}

const behindBase = (url: string) => url.slice(SIGNED_FILES_PATH.length)
