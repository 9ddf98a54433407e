import type { Call, Client } from '@flatrender/contracts/call'
import { FlatRenderError } from '@flatrender/contracts/errors'
import { createORPCClient, ORPCError } from '@orpc/client'
import { RPCLink } from '@orpc/client/fetch'
import type { AnyContractRouter } from '@orpc/contract'
import { normaliseError } from './normalise-error.ts'
import { signCall } from './service-token.ts'

/** Where a service answers, and who asks it. */
export interface ServiceAddress {
  /** Such as `http://10.0.0.5:3001`. */
  readonly url: string
  readonly service: string
  readonly caller: string
  /** From `deriveServiceKey`. */
  readonly key: Uint8Array
}

/** A service in another process, as others call it. Errors: SERVICE_UNAVAILABLE beside those of its procedures. */
export function callOverHttp<Contract extends AnyContractRouter>(address: ServiceAddress): Client<Contract> {
  const link = new RPCLink<Call>({
    url: new URL(`/internal/rpc/${address.service}`, address.url).href,
    headers: async ({ context }) => ({
      authorization: `Bearer ${await signCall(address.key, address, context)}`,
      'x-request-id': context.requestId,
    }),
    interceptors: [
      async ({ next, path }) => {
        try {
          return await next()
        } catch (error) {
          throw describeFailure(error, address.service, path)
        }
      },
    ],
  })
  return createORPCClient(link)
}

function describeFailure(error: unknown, service: string, path: readonly string[]): unknown {
  // What fetch throws is a TypeError whose cause says why: refused, reset, not found.
  if (error instanceof TypeError && error.cause !== undefined)
    return new FlatRenderError('SERVICE_UNAVAILABLE', { service }, { cause: error })
  if (error instanceof ORPCError && [502, 503, 504].includes(error.status) && !error.defined)
    return normaliseError(error, path) === error
      ? new FlatRenderError('SERVICE_UNAVAILABLE', { service }, { cause: error })
      : normaliseError(error, path)
  return normaliseError(error, path)
}
