import { type IncomingMessage, type RequestOptions, request as requestHttp } from 'node:http'
import { request as requestHttps } from 'node:https'
import type { LookupFunction } from 'node:net'

/** What is asked of somebody outside. */
export interface OutboundRequest {
  /** GET unless told. */
  readonly method?: string
  readonly headers?: Readonly<Record<string, string>>
  readonly body?: string | undefined
}

/** How it is sent. */
export interface SendOptions {
  readonly signal: AbortSignal
  /** Finds the host's addresses, and refuses those that are not to be called. */
  readonly lookup: LookupFunction
}

/** Sends one request; gives the answer's head, with its body still to be read. Nothing stays open after it. */
export function sendRequest(
  url: URL,
  { method = 'GET', headers, body }: OutboundRequest,
  { signal, lookup }: SendOptions,
): Promise<IncomingMessage> {
  const options: RequestOptions = {
    method,
    headers: { ...headers, ...(body !== undefined && { 'content-length': Buffer.byteLength(body) }) },
    signal,
    agent: false,
    lookup,
  }
  const request = url.protocol === 'https:' ? requestHttps(url, options) : requestHttp(url, options)
  return new Promise((done, failed) => {
    // Also after the answer has begun: it breaks the body as well, and would be nobody's.
    request.on('error', failed)
    request.on('response', done)
    request.end(body)
  })
}
