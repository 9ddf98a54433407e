import { type Call, listProcedures } from '@flatrender/contracts/call'
import { FlatRenderError } from '@flatrender/contracts/errors'
import { NODE_API_PREFIX, nodeContract } from '@flatrender/contracts/node'
import { readTrace } from '@flatrender/platform/observe'
import type { GentleClose } from '@flatrender/platform/service'
import type { FastifyInstance, FastifyReply } from 'fastify'
import type { GatewayDeps } from '../deps.ts'
import type { RequestLimiter } from '../limits/limit-requests.ts'
import type { RequestNotes } from '../request-notes.ts'
import { describeCall, describeRequest } from '../routing/describe-request.ts'
import { admitNodes } from './admit-nodes.ts'

/** Bytes of a node's request: the names of all templates that it holds. */
const BODY_LIMIT = 2_097_152

/** What the nodes' routes stand on. */
export interface NodeParts {
  readonly limiter: RequestLimiter
  readonly gentle: GentleClose
  readonly notes: RequestNotes
}

/**
 * The routes of render nodes, under a prefix of their own: what is asked there is no request of a tenant, and in nobody's
 * log. All of them take JSON and answer it, and a farm asks a thousand times a second: the body goes to the service as it is, and
 * the service looks at it. Errors, beside those of admission and the service: SERVICE_UNAVAILABLE for who waits for work while this ends.
 */
export function addNodes(
  server: FastifyInstance,
  deps: GatewayDeps,
  { limiter, gentle, notes }: NodeParts,
): void {
  const leaving = new AbortController()
  server.addHook('preClose', async () => leaving.abort())
  const admit = admitNodes(deps, limiter, notes)
  const client = endWaiting(deps.render.node, leaving.signal)
  for (const { name, method, path, access } of listProcedures(nodeContract, 'node')) {
    const answer = client[name.slice('node.'.length) as keyof NodeClient] as Answer
    server.route({
      method,
      url: `${NODE_API_PREFIX}${path}`,
      bodyLimit: BODY_LIMIT,
      onRequest: async (request) => {
        notes(request).procedure = name
        await admit(request, access)
      },
      handler: async (request, reply) => {
        const { actor } = notes(request)
        if (actor === undefined) throw new Error(`nobody was admitted to ${name}`)
        const signal = whileHere(reply)
        const ask = (trace = readTrace(request.headers.traceparent)) => {
          const context = { ...describeCall(request, actor), ...(trace !== undefined && { trace }) }
          return answer(request.body, { context, signal })
        }
        const work = describeRequest(request, actor, name, notes)
        return gentle.hold(deps.observe === undefined ? ask() : deps.observe(work, ask))
      },
    })
  }
}

/** A procedure of the service, as what asks it for whatever was sent sees it. */
type Answer = (
  input: unknown,
  options: { readonly context: Call; readonly signal: AbortSignal },
) => Promise<unknown>

/** Aborts once who asks has left. */
function whileHere({ raw }: FastifyReply): AbortSignal {
  const left = new AbortController()
  raw.once('close', () => {
    if (!raw.writableFinished) left.abort()
  })
  return left.signal
}

type NodeClient = GatewayDeps['render']['node']

/** The same client, whose nodes wait for work no longer than the signal lets them. */
function endWaiting(client: NodeClient, leaving: AbortSignal): NodeClient {
  const lease: NodeClient['lease'] = async (input, options) => {
    const signal = AbortSignal.any([leaving, ...(options?.signal === undefined ? [] : [options.signal])])
    try {
      return await client.lease(input, { ...options, signal } as never)
    } catch (error) {
      if (leaving.aborted) throw new FlatRenderError('SERVICE_UNAVAILABLE', { service: 'render' })
      throw error
    }
  }
  return { ...listed(client), lease }
}

/** A client is a proxy, which knows a procedure only when it is asked for. */
function listed(client: NodeClient): NodeClient {
  const names = Object.keys(nodeContract) as (keyof NodeClient)[]
  return Object.fromEntries(names.map((name) => [name, client[name]])) as unknown as NodeClient
}
