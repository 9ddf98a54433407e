import type { IncomingMessage } from 'node:http'
import { FlatRenderError, isFlatRenderError } from '@flatrender/contracts/errors'
import { describeAddress } from './describe-address.ts'
import { type Allowed, findHostFault, readExceptions } from './read-exceptions.ts'
import { PrivateAddressError, resolveAllowed } from './resolve-allowed.ts'
import { type OutboundRequest, sendRequest } from './send-request.ts'

/** What is asked, and how long and how far one goes for it. */
export interface OutboundCall extends OutboundRequest {
  /** Ends the request and the body of its answer. */
  readonly signal: AbortSignal
  /** How many redirects are followed, of GET; none unless told. Each is looked at like the first address. */
  readonly redirects?: number
}

/** The way out to addresses that customers name. */
export interface Outbound {
  /** Is an address one that may be called, as far as its text says? Errors: ADDRESS_REFUSED. */
  assertCallable(address: string): void
  /**
   * Sends a request; gives the answer, whatever its status, with its body still to be read. Errors: ADDRESS_REFUSED,
   * ADDRESS_UNREACHABLE; the signal's reason.
   */
  send(address: string, call: OutboundCall): Promise<IncomingMessage>
}

/**
 * Opens the way out. It goes by http and https to public addresses alone, looked at as they are connected to, and to those
 * that are `allowed` beside: nobody reaches through us what stands beside us.
 */
export function openOutbound({ allowed }: { readonly allowed: Allowed }): Outbound {
  const exceptions = readExceptions(allowed)
  const lookup = resolveAllowed(exceptions)
  const read = (address: string): URL => {
    const url = URL.parse(address)
    const refuse = (reason: string) =>
      new FlatRenderError('ADDRESS_REFUSED', { address: describeAddress(address), reason })
    if (url === null) throw refuse('it is no address')
    if (!/^https?:$/.test(url.protocol)) throw refuse('it is not http or https')
    if (url.username !== '' || url.password !== '') throw refuse('it holds a user or password')
    const fault = findHostFault(url.hostname, exceptions)
    if (fault !== undefined) throw refuse(fault)
    return url
  }
  return {
    assertCallable: (address) => void read(address),
    async send(address, { signal, redirects = 0, ...request }) {
      for (let url = read(address), left = redirects; ; left--) {
        const answer = await sendRequest(url, request, { signal, lookup }).catch((error: unknown) => {
          throw explain(error, url.href, signal)
        })
        const { statusCode = 0, headers } = answer
        if (redirects === 0 || ![301, 302, 303, 307, 308].includes(statusCode)) return answer
        answer.destroy()
        if (left === 0) throw unreachable(url.href, 'it sends from one place to the next without end')
        const next = URL.parse(headers.location ?? '', url.href)
        if (next === null) throw unreachable(url.href, 'it sends elsewhere without saying where')
        url = read(next.href)
      }
    },
  }
}

/** What sending failed with, in our words. */
function explain(error: unknown, address: string, signal: AbortSignal): unknown {
  if (isFlatRenderError(error)) return error
  if (signal.aborted) return signal.reason
  if (error instanceof PrivateAddressError)
    return new FlatRenderError('ADDRESS_REFUSED', {
      address: describeAddress(address),
      reason: error.message,
    })
  const { message, code } = error as NodeJS.ErrnoException
  return unreachable(address, code ?? message, error)
}

function unreachable(address: string, reason: string, cause?: unknown): FlatRenderError {
  return new FlatRenderError('ADDRESS_UNREACHABLE', { address: describeAddress(address), reason }, { cause })
}
