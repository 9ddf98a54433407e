import { isIP } from 'node:net'
import type { FastifyInstance } from 'fastify'
import type { GatewayDeps } from '../deps.ts'
import type { RequestNotes } from '../request-notes.ts'
import { openRequestLog, type RequestLog } from './request-log.ts'

/** Logs every request of the API whose tenant is known; HEAD asks for nothing that is counted, and nodes are no tenant's. */
export function logRequests(server: FastifyInstance, deps: GatewayDeps, notes: RequestNotes): RequestLog {
  const log = openRequestLog(deps)
  server.addHook('onResponse', async (request, reply) => {
    const { actor, procedure, errorCode } = notes(request)
    if (actor === undefined || actor.kind === 'node' || request.method === 'HEAD') return
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
      requestBytes: readBytes(request.headers['content-length']),
      responseBytes: readBytes(reply.getHeader('content-length')),
      // A proxy may say anything; PostgreSQL takes addresses alone, without a zone.
      address: isIP(request.ip) === 0 || request.ip.includes('%') ? null : request.ip,
      errorCode: errorCode ?? null,
    })
  })
  return log
}

/** What a header claims; nothing where it claims what no body can be. */
function readBytes(header: unknown): number {
  const bytes = Number(header ?? 0)
  return Number.isSafeInteger(bytes) && bytes >= 0 ? bytes : 0
}
