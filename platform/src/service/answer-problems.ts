import { randomUUID } from 'node:crypto'
import { FlatRenderError } from '@flatrender/contracts/errors'
import type { FastifyInstance } from 'fastify'
import { expectFailure } from './expect-failure.ts'
import { toProblem } from './to-problem.ts'

/** Answers as problems what a door of services refuses by itself, and routes that don't exist; `onError` hears of the rest. */
export function answerProblems(
  server: FastifyInstance,
  bodyLimit: number,
  onError: (error: unknown, route: string) => void,
): void {
  server.setErrorHandler((error, request, reply) => {
    const route = `${request.method} ${request.url.split('?', 1)[0]}`
    const requestId = String(request.headers['x-request-id'] ?? randomUUID())
    const known = expectFailure(error, route, bodyLimit)
    if (known === undefined) onError(error, route)
    const problem = toProblem(known ?? new FlatRenderError('REQUEST_FAILED', { requestId }), requestId)
    reply.code(problem.status).type('application/problem+json; charset=utf-8').send(problem)
  })
  server.setNotFoundHandler(({ method, url }) => {
    throw new FlatRenderError('ROUTE_UNKNOWN', { method, path: url.split('?', 1)[0] })
  })
}
