import type { IncomingMessage } from 'node:http'
import { buffer } from 'node:stream/consumers'
import { FlatRenderError, isFlatRenderError } from '@flatrender/contracts/errors'
import {
  isLoopback,
  isPrivateHost,
  limitBytes,
  readExceptions,
  resolveAllowed,
  sendRequest,
} from '@flatrender/platform/outbound'

/** Bytes of an answer: a hundred times the key sets and descriptions that are found in the wild. */
const LARGEST = 512 * 1024

/** What is asked of a provider. */
export interface ProviderRequest {
  readonly method?: string
  readonly headers?: Readonly<Record<string, string>>
  readonly body?: unknown
}

/** Tells those who run the installation of a failure, and where it was. */
export type Report = (error: unknown, where: string) => void

/** Asks a provider; what it answers, if it isn't a failure of its own. */
export type ProviderFetch = (url: string, request?: ProviderRequest) => Promise<Response>

/**
 * A `fetch` for addresses that tenants name. It goes by HTTPS to public addresses alone, looked at as they are connected to;
 * follows no redirect, and lets no answer be long or slow. `local` opens private networks, and plain HTTP on this machine.
 * What the network says of a failure (addresses, names, ports) is told to `report` alone: whoever asked is a visitor.
 * Errors: OAUTH_PROVIDER_UNREACHABLE.
 */
export function openProviderFetch(
  provider: string,
  { local, milliseconds, report }: { local: boolean; milliseconds: number; report?: Report | undefined },
): ProviderFetch {
  const fail = (reason: string, cause?: unknown) =>
    new FlatRenderError('OAUTH_PROVIDER_UNREACHABLE', { provider, reason }, { cause })
  const lookup = resolveAllowed(readExceptions(local ? 'everything' : []))
  return async (address, { method, headers = {}, body } = {}) => {
    const url = new URL(address)
    if (url.protocol !== 'https:' && !(local && url.protocol === 'http:' && isLoopback(url.hostname)))
      throw fail('it names an address without HTTPS')
    if (!local && isPrivateHost(url.hostname)) throw fail('it names an address in a private network')
    const signal = AbortSignal.timeout(milliseconds)
    try {
      const sent = body === undefined || body === null ? undefined : String(body)
      const request = { ...(method !== undefined && { method }), headers, body: sent }
      const answer = await readAnswer(await sendRequest(url, request, { signal, lookup }))
      if (answer.status >= 500 || answer.status === 429) throw fail(`it answers with ${answer.status}`)
      if (answer.status >= 300 && answer.status < 400) throw fail('it sends elsewhere')
      return answer
    } catch (error) {
      if (isFlatRenderError(error)) throw error
      if (signal.aborted) throw fail('it takes too long', error)
      const { message, code } = error as NodeJS.ErrnoException
      // Ours have no code.
      if (code === undefined) throw fail(message, error)
      report?.(fail(`${code}: ${message}`, error), 'identity.oauth')
      throw fail('it can’t be reached', error)
    }
  }
}

async function readAnswer(answer: IncomingMessage): Promise<Response> {
  const status = answer.statusCode!
  // Node takes any three digits, a Response doesn't.
  if (status < 200 || status > 599) throw new Error(`it answers with ${status}`)
  const bytes = await buffer(limitBytes(answer, LARGEST))
  const headers = new Headers()
  for (const [name, values] of Object.entries(answer.headersDistinct))
    for (const value of values ?? []) headers.append(name, value)
  const empty = [204, 205, 304].includes(status)
  return new Response(empty ? null : new Uint8Array(bytes), { status, headers })
}
