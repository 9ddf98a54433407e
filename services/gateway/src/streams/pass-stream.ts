import { Readable } from 'node:stream'
import { finished } from 'node:stream/promises'
import type { Call, RawRoute } from '@flatrender/contracts/call'
import type { Problem } from '@flatrender/platform/service'
import {
  type GentleClose,
  giveBody,
  passHeaders,
  type RawAnswer,
  type RawHandler,
  takeBody,
  watchLeaving,
} from '@flatrender/platform/service'
import type { FastifyReply, FastifyRequest } from 'fastify'
import { API_PREFIX } from '../routing/api-prefix.ts'

/** A request for a raw route, and who answers it. */
export interface PassedStream {
  readonly request: FastifyRequest
  readonly reply: FastifyReply
  readonly route: RawRoute
  readonly handler: RawHandler
  readonly call: Call
  readonly gentle: GentleClose
  /** Notes a failure, reports one that nobody expected, and gives its problem. */
  readonly tell: (error: unknown) => Problem
}

/**
 * Passes a request's body to its service and the service's back, each as fast as the other side takes it; done when the
 * answer has ended, or the client has left. A failure becomes a problem; in the middle of an answer it breaks the connection.
 */
export async function passStream(passed: PassedStream): Promise<void> {
  const { request, reply, route, tell } = passed
  const left = watchLeaving(reply.raw)
  const broken = new AbortController()
  const bare = request.method === 'GET' || request.method === 'HEAD'
  const bounds = {
    limit: route.bodyLimit,
    idleSeconds: route.idleSeconds,
    onFailure: (error: Error) => broken.abort(error),
  }
  const body = bare ? Readable.from([]) : takeBody(request.raw, bounds)
  try {
    const answer = await ask(passed, body, AbortSignal.any([left, broken.signal]))
    await give(passed, answer)
  } catch (error) {
    if (left.aborted) return
    const problem = tell(error)
    if (reply.raw.headersSent) reply.raw.destroy()
    else if (!reply.sent) reply.code(problem.status).send(problem)
  } finally {
    body.destroy()
  }
}

/** The service's answer; the signal's reason where it aborts first. */
async function ask(
  { request, handler, call, gentle }: PassedStream,
  body: Readable,
  signal: AbortSignal,
): Promise<RawAnswer> {
  const asked = handler(call, {
    method: request.method,
    url: request.raw.url?.slice(API_PREFIX.length) ?? '',
    headers: passHeaders(request.headers),
    body,
    signal,
  })
  // A stop waits for the service's work even where nobody waits for its answer.
  void gentle.hold(asked).catch(() => {})
  return new Promise((resolve, reject) => {
    const fail = () => {
      reject(signal.reason)
      asked.then((answer) => answer.body?.destroy(signal.reason)).catch(() => {})
    }
    if (signal.aborted) fail()
    else signal.addEventListener('abort', fail, { once: true })
    asked.then(resolve, (error: unknown) => reject(signal.aborted ? signal.reason : error))
  })
}

async function give(
  { request, reply, route }: PassedStream,
  { status, headers, body }: RawAnswer,
): Promise<void> {
  reply.code(status).headers(headers)
  if (body === null || request.method === 'HEAD') {
    body?.destroy()
    await reply.send()
    return
  }
  const { stream, begun, ended } = giveBody(body, headers['content-length'])
  await begun
  // A client that takes nothing of what waits for it is gone, or wants to hold us.
  reply.raw.setTimeout(route.idleSeconds * 1000, () => {
    if (reply.raw.writableNeedDrain) reply.raw.destroy()
  })
  reply.send(stream)
  await Promise.all([ended, finished(reply.raw)])
}
