import { listProcedures } from '@flatrender/contracts/call'
import { type Observe, readTrace } from '@flatrender/platform/observe'
import type { GentleClose } from '@flatrender/platform/service'
import type { FastifyInstance } from 'fastify'
import type { AdmitCaller } from '../authentication/admit-callers.ts'
import { unknownRoute } from '../problems/answer-problems.ts'
import type { RequestNotes } from '../request-notes.ts'
import { API_PREFIX } from './api-prefix.ts'
import { describeCall, describeRequest } from './describe-request.ts'
import type { ExposedServices } from './exposed-service.ts'
import type { PassOn } from './pass-on.ts'

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
  for (const { name, method, path, access, bodyLimit = 0 } of shown)
    server.route({
      method,
      bodyLimit: Math.max(bodyLimit, server.initialConfig.bodyLimit ?? 0),
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
