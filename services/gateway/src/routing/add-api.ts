import type { Actor, Call } from '@flatrender/contracts/call'
import { FlatRenderError } from '@flatrender/contracts/errors'
import { type Observe, readTrace } from '@flatrender/platform/observe'
import type { GentleClose } from '@flatrender/platform/service'
import type { FastifyInstance, FastifyRequest } from 'fastify'
import type { AdmitCaller } from '../authentication/admit-callers.ts'
import { unknownRoute } from '../problems/answer-problems.ts'
import type { RequestNotes } from '../request-notes.ts'
import { API_PREFIX } from './api-prefix.ts'
import type { ExposedServices } from './exposed-service.ts'
import { listProcedures } from './list-procedures.ts'
import type { PassOn } from './pass-on.ts'

/** Characters of a client's name that are told to the services. */
const USER_AGENT_LENGTH = 500

/** What the routes of the API stand on. */
export interface ApiParts {
  readonly services: ExposedServices
  readonly admit: AdmitCaller
  readonly passOn: PassOn
  readonly gentle: GentleClose
  readonly notes: RequestNotes
  readonly observe?: Observe | undefined
}

/** A route for each procedure that is shown: who asks is found out first, the body is read then, the service asked last. */
export function addApi(
  server: FastifyInstance,
  { services, admit, passOn, gentle, notes, observe }: ApiParts,
): void {
  const shown = Object.entries(services).flatMap(([name, { contract }]) => listProcedures(contract, name))
  for (const { name, method, path, access } of shown)
    server.route({
      method,
      url: `${API_PREFIX}${path.replaceAll(/\{(\w+)\}/g, ':$1')}`,
      onRequest: async (request, reply) => {
        notes(request).procedure = name
        await admit(request, reply, access)
      },
      handler: async (request, reply) => {
        const { actor } = notes(request)
        if (actor === undefined) throw new Error(`nobody was admitted to ${name}`)
        const ask = (trace = readTrace(request.headers.traceparent)) =>
          passOn(request, reply, { ...describeCall(request, actor), ...(trace !== undefined && { trace }) })
        const work = describeRequest(request, actor, name, notes)
        const matched = await gentle.hold(observe === undefined ? ask() : observe(work, ask))
        if (!matched) throw unknownRoute(request)
        return reply
      },
    })
}

function describeRequest(request: FastifyRequest, { tenantId }: Actor, name: string, notes: RequestNotes) {
  return {
    kind: 'request',
    name,
    requestId: request.id,
    tenantId,
    trace: readTrace(request.headers.traceparent),
    readFailure: () => notes(request).errorCode,
  } as const
}

function describeCall(request: FastifyRequest, actor: Actor): Call {
  return {
    actor,
    requestId: request.id,
    address: request.ip,
    userAgent: request.headers['user-agent']?.slice(0, USER_AGENT_LENGTH) ?? null,
    idempotencyKey: readIdempotencyKey(request),
  }
}

/** Errors: REQUEST_INVALID for a key that is too long. */
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
