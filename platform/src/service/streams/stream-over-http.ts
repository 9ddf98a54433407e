import { type ClientRequest, type IncomingMessage, request as requestHttp } from 'node:http'
import { request as requestHttps } from 'node:https'
import { pipeline } from 'node:stream'
import { text } from 'node:stream/consumers'
import type { Call, RawRoutes } from '@flatrender/contracts/call'
import {
  type ErrorCode,
  type ErrorData,
  errorDefinitions,
  FlatRenderError,
} from '@flatrender/contracts/errors'
import type { ServiceAddress } from '../call-over-http.ts'
import { signCall } from '../service-token.ts'
import { passHeaders } from './pass-headers.ts'
import type { RawAnswer, RawClient, RawRequest } from './raw-handler.ts'
import { FAILURE_HEADER, streamPrefix } from './serve-streams.ts'

/** Raw routes of a service in another process. Errors: SERVICE_UNAVAILABLE beside those of its handlers. */
export function streamOverHttp<Routes extends RawRoutes>(
  routes: Routes,
  address: ServiceAddress,
): RawClient<Routes> {
  const ask = async (call: Call, request: RawRequest): Promise<RawAnswer> => {
    const authorization = `Bearer ${await signCall(address.key, address, call)}`
    const { outgoing, incoming } = await send(address, authorization, call, request)
    if (incoming.headers[FAILURE_HEADER] === undefined) return readAnswer(request, incoming)
    const failure = await readFailure(incoming, address.service)
    outgoing.destroy()
    throw failure
  }
  return Object.fromEntries(Object.keys(routes).map((name) => [name, ask])) as RawClient<Routes>
}

/** Sends head and body, and waits for the answer's head. What was sent can't be sent again: each has a connection of its own. */
function send(
  { url, service }: ServiceAddress,
  authorization: string,
  call: Call,
  { method, url: asked, headers, body, signal }: RawRequest,
): Promise<{ readonly outgoing: ClientRequest; readonly incoming: IncomingMessage }> {
  const target = new URL(url)
  const request = target.protocol === 'https:' ? requestHttps : requestHttp
  return new Promise((resolve, reject) => {
    const outgoing = request({
      protocol: target.protocol,
      hostname: target.hostname.replace(/^\[|\]$/g, ''),
      port: target.port,
      method,
      path: `${streamPrefix(service)}${asked}`,
      headers: {
        ...headers,
        authorization,
        'x-request-id': call.requestId,
        // Nobody uses it again, but a service that closes it early could take its answer back.
        connection: 'keep-alive',
      },
      agent: false,
      signal,
    })
    outgoing.once('response', (incoming) => resolve({ outgoing, incoming }))
    outgoing.on('error', (cause) => {
      reject(
        signal.aborted ? signal.reason : new FlatRenderError('SERVICE_UNAVAILABLE', { service }, { cause }),
      )
    })
    // How it ended is told by the request itself.
    if (method === 'GET' || method === 'HEAD') outgoing.end()
    else pipeline(body, outgoing, () => {})
  })
}

function readAnswer({ method }: RawRequest, incoming: IncomingMessage): RawAnswer {
  const { statusCode: status = 0, headers } = incoming
  const empty = method === 'HEAD' || status === 204 || status === 304
  if (empty) incoming.resume()
  return { status, headers: passHeaders(headers), body: empty ? null : incoming }
}

async function readFailure(incoming: IncomingMessage, service: string): Promise<Error> {
  const { code, data } = JSON.parse(await text(incoming)) as { code?: string; data?: ErrorData }
  if (code !== undefined && code in errorDefinitions) return new FlatRenderError(code as ErrorCode, data)
  return new Error(`the ${service} service failed`)
}
