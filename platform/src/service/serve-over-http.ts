import type { Call } from '@flatrender/contracts/call'
import { FlatRenderError } from '@flatrender/contracts/errors'
import type { AnyContractRouter } from '@orpc/contract'
import type { Router } from '@orpc/server'
import { RPCHandler } from '@orpc/server/fastify'
import type { FastifyInstance } from 'fastify'
import type { GentleClose } from './close-gently.ts'
import { encodeError, normaliseError } from './normalise-error.ts'
import { verifyCall } from './service-token.ts'

/** What is served, and what others have to prove. */
export interface ServedService {
  readonly name: string
  readonly router: Router<AnyContractRouter, Call>
  /** From `deriveServiceKey`. */
  readonly key: Uint8Array
  /** Hears of failures that nobody expected. */
  readonly onError: (error: unknown, procedure: string) => void
}

/** Answers other services under `/internal/rpc`, to whoever has a token for this service. */
export function serveOverHttp(
  server: FastifyInstance,
  { name, router, key, onError }: ServedService,
  gentle: GentleClose,
): void {
  const handler = new RPCHandler<Call>(router, {
    clientInterceptors: [
      async ({ next, path }) => {
        try {
          return await next()
        } catch (error) {
          const known = normaliseError(error, path)
          if (!(known instanceof FlatRenderError)) onError(known, path.join('.'))
          throw encodeError(known)
        }
      },
    ],
  })
  server.all('/internal/rpc/*', async (request, reply) => {
    const [, token = ''] = request.headers.authorization?.match(/^Bearer (.+)$/) ?? []
    const call = await verifyCall(key, name, token).catch(() => undefined)
    if (call === undefined) return reply.code(401).send()
    const { matched } = await gentle.hold(
      handler.handle(request, reply, { prefix: '/internal/rpc', context: call }),
    )
    return matched ? reply : reply.code(404).send()
  })
}
