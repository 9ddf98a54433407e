import { randomUUID } from 'node:crypto'
import { Readable } from 'node:stream'
import type { Call, RawRoutes } from '@flatrender/contracts/call'
import { errorDefinitions, FlatRenderError } from '@flatrender/contracts/errors'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import type { GentleClose } from '../close-gently.ts'
import { verifyCall } from '../service-token.ts'
import { toProblem } from '../to-problem.ts'
import { giveBody } from './give-body.ts'
import { letGo } from './let-go.ts'
import { passHeaders } from './pass-headers.ts'
import type { RawClient, RawHandler } from './raw-handler.ts'
import { takeBody } from './take-body.ts'
import { watchLeaving } from './watch-leaving.ts'

/** Raw routes that are served to other services. */
export interface ServedStreams {
  readonly routes: RawRoutes
  /** Guarded: from `streamInProcess`. */
  readonly handlers: RawClient<RawRoutes>
}

/** Who is asked, and by what token. */
export interface StreamDoor {
  readonly name: string
  readonly key: Uint8Array
  readonly onError: (error: unknown, procedure: string) => void
}

/** Where other services ask for a raw route. */
export const streamPrefix = (service: string): string => `/internal/streams/${service}`
/** Says that an answer is a failure of the handler: its body is code and data as JSON. */
export const FAILURE_HEADER = 'x-flatrender-failure'

/** Answers other services' requests for raw routes, to whoever has a token for this service; no body is held. */
export function serveStreams(
  server: FastifyInstance,
  door: StreamDoor,
  { routes, handlers }: ServedStreams,
  gentle: GentleClose,
): void {
  server.register(async (raw) => {
    raw.removeAllContentTypeParsers()
    // What fails once its answer has begun is cut: it must not look like an answer of the handler.
    raw.setErrorHandler((_error, _request, reply) => void reply.hijack().raw.destroy())
    raw.addContentTypeParser('*', (_request, _body, done) => done(null))
    for (const [name, { method, path }] of Object.entries(routes))
      raw.route({
        method: method === 'GET' ? ['GET', 'HEAD'] : method,
        url: `${streamPrefix(door.name)}${path}`,
        exposeHeadRoute: false,
        handler: async (request, reply) => {
          const [, token = ''] = request.headers.authorization?.match(/^Bearer (.+)$/) ?? []
          const call = await verifyCall(door.key, door.name, token).catch(() => undefined)
          letGo(request.raw, reply.raw)
          if (call === undefined) return refuse(request, reply)
          const handler = handlers[name] as RawHandler
          await gentle.hold(answer({ request, reply, call, name, door, handler }))
          return reply
        },
      })
  })
}

/** In the form in which the door refuses by itself; who asked rightly never sees it. */
function refuse(request: FastifyRequest, reply: FastifyReply): FastifyReply {
  const requestId = String(request.headers['x-request-id'] ?? randomUUID())
  const problem = toProblem(new FlatRenderError('ACCESS_TOKEN_INVALID'), requestId)
  return reply.code(problem.status).type('application/problem+json; charset=utf-8').send(problem)
}

interface Exchange {
  readonly request: FastifyRequest
  readonly reply: FastifyReply
  readonly call: Call
  readonly name: string
  readonly door: StreamDoor
  readonly handler: RawHandler
}

async function answer({ request, reply, call, name, door, handler }: Exchange): Promise<void> {
  const { raw } = request
  const signal = watchLeaving(reply.raw)
  const body = ['GET', 'HEAD'].includes(request.method) ? Readable.from([]) : takeBody(raw)
  reply.raw.once('close', () => body.destroy())
  try {
    const answered = await handler(call, {
      method: request.method,
      url: raw.url?.slice(streamPrefix(door.name).length) ?? '',
      headers: passHeaders(raw.headers),
      body,
      signal,
    })
    if (signal.aborted) return void answered.body?.destroy()
    reply.code(answered.status).headers(answered.headers)
    if (answered.body === null) return void reply.send()
    const { stream, begun, ended } = giveBody(answered.body, answered.headers['content-length'])
    // Its end is heard of by `begun`, or by whoever sends it.
    ended.catch(() => {})
    await begun
    stream.once('error', (error) => {
      if (!signal.aborted) door.onError(error, name)
    })
    reply.send(stream)
  } catch (error) {
    if (signal.aborted) return
    const known = error instanceof FlatRenderError
    if (!known) door.onError(error, name)
    const failure = known ? { code: error.code, data: error.data } : {}
    for (const header of Object.keys(reply.getHeaders())) reply.removeHeader(header)
    reply
      .code(known ? errorDefinitions[error.code].status : 500)
      .header(FAILURE_HEADER, '1')
      .send(failure)
  }
}
