import type { IncomingMessage, ServerResponse } from 'node:http'
import { FlatRenderError } from '@flatrender/contracts/errors'
import type { FastifyInstance } from 'fastify'
import { endWithProblem } from '../problems/answer-broken-request.ts'

/** Ends requests whose bodies come too slowly. */
export interface ArrivalClock {
  /** Bounds this one no longer: its route does so itself. */
  release(request: IncomingMessage): void
}

/**
 * Bounds the time in which a body must have come whole, in milliseconds from its head on. Node's own bound is one for all
 * requests of a server, and would end the uploads that go on for hours. Errors, as an answer: REQUEST_LATE.
 */
export function boundArrival(server: FastifyInstance, milliseconds: number): ArrivalClock {
  const timers = new WeakMap<IncomingMessage, NodeJS.Timeout>()
  server.server.prependListener('request', (request: IncomingMessage, response: ServerResponse) => {
    if (!hasBody(request)) return
    const timer = setTimeout(() => end(request, response, milliseconds / 1000), milliseconds)
    timers.set(request, timer)
    request.once('close', () => clearTimeout(timer))
  })
  return { release: (request) => clearTimeout(timers.get(request)) }
}

function hasBody({ headers }: IncomingMessage): boolean {
  const length = headers['content-length']
  return headers['transfer-encoding'] !== undefined || (length !== undefined && length !== '0')
}

function end(request: IncomingMessage, response: ServerResponse, seconds: number): void {
  if (request.complete) return
  if (response.headersSent) request.socket.destroy()
  else endWithProblem(request.socket, new FlatRenderError('REQUEST_LATE', { seconds }))
}
