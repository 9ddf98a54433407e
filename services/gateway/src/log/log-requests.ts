import type { FastifyInstance, FastifyReply } from 'fastify'
import type { GatewayDeps } from '../deps.ts'
import type { RequestNotes } from '../request-notes.ts'
import { openRequestLog } from './request-log.ts'

/** Logs every request of the API whose tenant is known. */
export function logRequests(server: FastifyInstance, deps: GatewayDeps, notes: RequestNotes): void {
  const log = openRequestLog(deps)
  server.addHook('onResponse', async (request, reply) => {
    const { actor, procedure, errorCode } = notes(request)
    if (actor === undefined) return
    log.add({
      tenantId: actor.tenantId,
      requestedAt: new Date(Date.now() - reply.elapsedTime).toISOString(),
      requestId: request.id,
      keyId: actor.kind === 'key' ? actor.id : null,
      userId: actor.kind === 'user' ? actor.id : null,
      method: request.method,
      route: procedure ?? 'unknown',
      status: reply.statusCode,
      milliseconds: Math.round(reply.elapsedTime),
      requestBytes: Number(request.headers['content-length'] ?? 0),
      responseBytes: countBytes(reply),
      address: request.ip,
      errorCode: errorCode ?? null,
    })
  })
  server.addHook('onClose', () => log.close())
}

function countBytes(reply: FastifyReply): number {
  return Number(reply.getHeader('content-length') ?? 0)
}
