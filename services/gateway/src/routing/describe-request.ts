import type { Actor, Call } from '@flatrender/contracts/call'
import { FlatRenderError } from '@flatrender/contracts/errors'
import { type ObservedWork, readTrace } from '@flatrender/platform/observe'
import type { FastifyRequest } from 'fastify'
import type { RequestNotes } from '../request-notes.ts'

/** Characters of a client's name that are told to the services. */
const USER_AGENT_LENGTH = 500

/** A request, for whoever hears of it. */
export function describeRequest(
  request: FastifyRequest,
  { tenantId }: Actor,
  name: string,
  notes: RequestNotes,
): ObservedWork {
  return {
    kind: 'request',
    name,
    requestId: request.id,
    tenantId,
    trace: readTrace(request.headers.traceparent),
    readFailure: () => notes(request).errorCode,
  }
}

/** A request as the services hear of it. Errors: REQUEST_INVALID for an Idempotency-Key that is too long. */
export function describeCall(request: FastifyRequest, actor: Actor): Call {
  return {
    actor,
    requestId: request.id,
    address: request.ip,
    userAgent: request.headers['user-agent']?.slice(0, USER_AGENT_LENGTH) ?? null,
    idempotencyKey: readIdempotencyKey(request),
  }
}

function readIdempotencyKey({ headers, method }: FastifyRequest): string | null {
  const key = headers['idempotency-key']
  if (typeof key !== 'string' || key === '') return null
  if (key.length > 255)
    throw new FlatRenderError('REQUEST_INVALID', {
      procedure: method,
      issues: ['an Idempotency-Key has at most 255 characters'],
    })
  return key
}
