import { isIP } from 'node:net'
import type { FastifyInstance } from 'fastify'
import type { GatewayDeps } from '../deps.ts'
import type { RequestNotes } from '../request-notes.ts'
import { countBytes } from './count-bytes.ts'
import { openRequestLog, type RequestLog } from './request-log.ts'

/** The status of a request whose client left before there was an answer; no answer has it. */
const CLIENT_LEFT = 499

/**
 * Logs every request of the API whose tenant is known, once it is answered or its client has left; HEAD asks for nothing that
 * is counted, and nodes are no tenant's.
 */
export function logRequests(server: FastifyInstance, deps: GatewayDeps, notes: RequestNotes): RequestLog {
  const log = openRequestLog(deps)
  const bytesOf = countBytes(server)
  server.addHook('onRequest', async (request, reply) => {
    reply.raw.once('close', () => {
      const { actor, procedure, errorCode } = notes(request)
      if (actor === undefined || actor.kind === 'node' || request.method === 'HEAD') return
      const { received, sent } = bytesOf(request.raw)
      log.add({
        tenantId: actor.tenantId,
        requestedAt: new Date(Date.now() - reply.elapsedTime).toISOString(),
        requestId: request.id,
        keyId: actor.kind === 'key' ? actor.id : null,
        userId: actor.kind === 'user' ? actor.id : null,
        method: request.method,
        route: procedure ?? 'unknown',
        status: reply.raw.headersSent ? reply.raw.statusCode : CLIENT_LEFT,
        milliseconds: Math.round(reply.elapsedTime),
        requestBytes: received,
        responseBytes: sent,
        // A proxy may say anything; PostgreSQL takes addresses alone, without a zone.
        address: isIP(request.ip) === 0 || request.ip.includes('%') ? null : request.ip,
        errorCode: errorCode ?? null,
      })
    })
  })
  return log
}
