import type { Call } from '@flatrender/contracts/call'
import { FlatRenderError } from '@flatrender/contracts/errors'
import type { AnyContractRouter } from '@orpc/contract'
import type { Router } from '@orpc/server'
import { RPCHandler } from '@orpc/server/fastify'
import type { FastifyInstance, FastifyRequest } from 'fastify'
import type { Observe } from '../observe/observe-work.ts'
import type { GentleClose } from './close-gently.ts'
import { describeWork, withTrace } from './describe-work.ts'
import { encodeError, normaliseError } from './normalise-error.ts'
import { verifyCall } from './service-token.ts'
import { type ServedStreams, serveStreams } from './streams/serve-streams.ts'

/** What is served, and what others have to prove. */
export interface ServedService {
  readonly name: string
  readonly router: Router<AnyContractRouter, Call>
  /** Its raw routes, if it has any. */
  readonly streams?: ServedStreams
  /** From `deriveServiceKey`. */
  readonly key: Uint8Array
  /** Hears of failures that nobody expected. */
  readonly onError: (error: unknown, procedure: string) => void
  readonly observe?: Observe
}

/** Answers other services under `/internal/rpc/<its name>`, to whoever has a token for this service. */
export function serveOverHttp(
  server: FastifyInstance,
  { name, router, streams, key, onError, observe }: ServedService,
  gentle: GentleClose,
): void {
  if (streams !== undefined) serveStreams(server, { name, key, onError }, streams, gentle)
  const handler = new RPCHandler<Call>(router, {
    clientInterceptors: [
      async (interception) => {
        const { context, path } = interception
        const answer = async (trace = context.trace) => {
          try {
            return await interception.next({ ...interception, context: withTrace(context, trace) })
          } catch (error) {
            throw normaliseError(error, path)
          }
        }
        try {
          return await (observe === undefined ? answer() : observe(describeWork(name, path, context), answer))
        } catch (error) {
          if (!(error instanceof FlatRenderError)) onError(error, path.join('.'))
          throw encodeError(error)
        }
      },
    ],
  })
  const calls = new WeakMap<FastifyRequest, Call>()
  server.all(`/internal/rpc/${name}/*`, {
    // Before anything of the body is read, or even its type.
    onRequest: async (request) => {
      const [, token = ''] = request.headers.authorization?.match(/^Bearer (.+)$/) ?? []
      calls.set(request, await verifyCall(key, name, token))
    },
    handler: async (request, reply) => {
      const context = calls.get(request)
      if (context === undefined) throw new Error(`nobody was let in to ${name}`)
      const { matched } = await gentle.hold(
        handler.handle(request, reply, { prefix: `/internal/rpc/${name}`, context }),
      )
      if (!matched) reply.callNotFound()
      return reply
    },
  })
}
