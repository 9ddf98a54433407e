import type { AddressInfo } from 'node:net'
import { type Actor, type Client, DEFAULT_TENANT_ID } from '@flatrender/contracts/call'
import { FlatRenderError } from '@flatrender/contracts/errors'
import { fileRoutes } from '@flatrender/contracts/files'
import { type AnsweredRequest, identityContract } from '@flatrender/contracts/identity'
import { archiveRoutes } from '@flatrender/contracts/render'
import { callInProcess, streamInProcess } from '@flatrender/platform/service'
import { implement } from '@orpc/server'
import { gatewayConfig } from '../config.ts'
import type { GatewayDeps } from '../deps.ts'
import type { ExposedServices } from '../routing/exposed-service.ts'
import { createServer } from '../server.ts'
import type { ExposedStreams } from '../streams/exposed-streams.ts'
import { openSigner } from './open-signer.ts'

/** A second tenant: its host, its slug and whose pages may call the API for it. */
export const STUDIO = {
  id: '00000000-0000-0000-0000-000000000002',
  host: 'studio.example',
  slug: 'studio',
  origin: 'https://app.studio.example',
} as const
/** Keys that are believed: of the default tenant, and of the studio. */
export const KEYS = { ours: 'fr_live_ours', theirs: 'fr_live_theirs' } as const

/** A gateway of a test's own in front of these services, with tenants and keys that are known by heart; `away`: what is revoked can't be asked, nor which keys sign. */
export async function openTestbed(
  services: ExposedServices,
  config: object = {},
  {
    away = false,
    keys,
    streams = {},
    render = { node: {}, nodes: {} } as never,
  }: {
    readonly away?: boolean
    readonly keys?: Record<string, unknown>[]
    readonly streams?: ExposedStreams
    readonly render?: GatewayDeps['render']
  } = {},
) {
  const signer = await openSigner()
  const asked: string[] = []
  const logged: AnsweredRequest[] = []
  const errors: unknown[] = []
  const warned: string[] = []
  const os = implement(identityContract.access)
  const access = {
    resolveTenant: os.resolveTenant.handler(({ input: { host, slug } }) => {
      asked.push(`tenant ${host} ${slug}`)
      const theirs = host === STUDIO.host || slug === STUDIO.slug
      if (slug !== null && !theirs) throw new FlatRenderError('TENANT_UNKNOWN', { tenant: slug })
      return {
        tenantId: theirs ? STUDIO.id : DEFAULT_TENANT_ID,
        visibleTenants: theirs ? [DEFAULT_TENANT_ID] : [],
        suspended: false,
        allowedOrigins: theirs ? [STUDIO.origin] : [],
      }
    }),
    resolveKey: os.resolveKey.handler(({ input: { key } }) => {
      asked.push(`key ${key}`)
      const tenantId = { [KEYS.ours]: DEFAULT_TENANT_ID, [KEYS.theirs]: STUDIO.id }[key]
      return tenantId === undefined ? null : { actor: keyOf(tenantId) }
    }),
    jwks: os.jwks.handler(() => {
      asked.push('keys')
      if (away) throw new FlatRenderError('SERVICE_UNAVAILABLE', { service: 'identity' })
      return { keys: keys ?? [signer.publicKey] }
    }),
    revocations: os.revocations.handler(() => {
      if (away) throw new FlatRenderError('SERVICE_UNAVAILABLE', { service: 'identity' })
      return { sessions: [], users: [], tenants: [], keys: [] }
    }),
    recordRequests: os.recordRequests.handler(({ input }) => {
      logged.push(...input.requests)
      return {}
    }),
  }
  const identity = callInProcess({ access } as never) as Client<typeof identityContract>
  const { server, close } = createServer(
    {
      config: gatewayConfig.parse(config),
      version: '0.0.0',
      identity,
      // Its routes aren't shown: these services are.
      content: {} as never,
      render,
      file: {} as never,
      files: streamInProcess(fileRoutes, { get: refuseFile, put: refuseFile }),
      isSignedFile: () => false,
      archives: streamInProcess(archiveRoutes, { get: refuseFile }),
      warn: (words) => warned.push(words),
      onError: (error) => errors.push(error),
    },
    services,
    streams,
  )
  await server.listen({ host: '127.0.0.1', port: 0 })
  const { port } = server.server.address() as AddressInfo
  return { url: `http://127.0.0.1:${port}`, port, asked, logged, errors, warned, sign: signer.sign, close }
}

async function refuseFile(): Promise<never> {
  throw new FlatRenderError('STORED_ADDRESS_INVALID')
}

function keyOf(tenantId: string): Actor {
  return {
    kind: 'key',
    id: '00000000-0000-7000-8000-000000000001',
    tenantId,
    visibleTenants: [],
    permissions: ['tenants:read'],
    sessionId: null,
  }
}
