import {
  type ErrorCode,
  type ErrorData,
  errorDefinitions,
  FlatRenderError,
  isFlatRenderError,
} from '@flatrender/contracts/errors'
import { NODE_API_PREFIX, nodeContract } from '@flatrender/contracts/node'
import { createORPCClient, ORPCError } from '@orpc/client'
import type { ContractRouterClient } from '@orpc/contract'
import { OpenAPILink } from '@orpc/openapi-client/fetch'
import type { Credential } from '../identity/credential.ts'
import type { FarmClock } from './farm-clock.ts'

/** The farm, as a node asks it. */
export type Farm = ContractRouterClient<typeof nodeContract>

/** Where the farm is, and what requests show. */
export interface FarmAddress {
  /** Such as `https://video.example`. */
  readonly server: string
  readonly clock: FarmClock
  readonly credential: Credential
}

/** A request that takes longer than the longest wait, and this much more, is given up; milliseconds. */
const PATIENCE = 40_000

/** Opens the way to the farm. Errors: SERVICE_UNAVAILABLE while it doesn't answer, beside those of its procedures. */
export function openFarm({ server, clock, credential }: FarmAddress): Farm {
  const link = new OpenAPILink(nodeContract, {
    url: `${server.replace(/\/+$/, '')}${NODE_API_PREFIX}`,
    headers: async () => {
      const token = await credential.show()
      return token === undefined ? {} : { authorization: `Bearer ${token}` }
    },
    // A credential is for this server alone, so it follows no redirection.
    fetch: async (request) => {
      const signal = AbortSignal.any([request.signal, AbortSignal.timeout(PATIENCE)])
      const response = await fetch(request, { redirect: 'manual', signal })
      clock.hear(response.headers.get('date'))
      return asJson(response)
    },
    customErrorResponseBodyDecoder: (body, { status }) => {
      const { code, data } = (body ?? {}) as { code?: string; data?: object }
      return code === undefined ? null : new ORPCError(code, { status, data: data ?? {} })
    },
    interceptors: [
      async ({ next, signal }) => {
        try {
          return await next()
        } catch (error) {
          const failure = describeFailure(error, server)
          if (isFlatRenderError(failure, 'NODE_SIGNATURE_STALE')) credential.forget()
          throw signal?.aborted === true ? signal.reason : failure
        }
      },
    ],
  })
  return createORPCClient(link)
}

/** Problems say that they are JSON in words of their own (RFC 9457), which the link doesn't know. */
function asJson(response: Response): Response {
  const { status, statusText, body } = response
  if (response.headers.get('content-type')?.startsWith('application/problem+json') !== true) return response
  const headers = new Headers(response.headers)
  headers.set('content-type', 'application/json')
  return new Response(body, { status, statusText, headers })
}

function describeFailure(error: unknown, server: string): unknown {
  if (error instanceof ORPCError && error.code in errorDefinitions)
    return new FlatRenderError(error.code as ErrorCode, (error.data ?? {}) as ErrorData, { cause: error })
  const isAnswer = error instanceof ORPCError && error.status < 500 && error.status !== 429
  // What isn't our server's word comes from what lies between: a proxy's page, a broken connection, silence.
  return isAnswer || isFlatRenderError(error)
    ? error
    : new FlatRenderError('SERVICE_UNAVAILABLE', { service: server }, { cause: error })
}
