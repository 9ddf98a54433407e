import { type AccessRule, type Actor, callAsSystem, DEFAULT_TENANT_ID } from '@flatrender/contracts/call'
import { isFlatRenderError } from '@flatrender/contracts/errors'
import { assertAccess } from '@flatrender/platform/service'
import type { FastifyRequest } from 'fastify'
import type { GatewayDeps } from '../deps.ts'
import type { RequestLimiter } from '../limits/limit-requests.ts'
import type { RequestNotes } from '../request-notes.ts'
import { findNodeToken, readNodeToken } from './node-token.ts'
import { openProvenTokens } from './proven-tokens.ts'

/** Nodes of addresses at which they were right, that are remembered. */
const REMEMBERED = 10_000

/** Finds out which node asks, before anything of the request's body is read. */
export type AdmitNode = (request: FastifyRequest, rule: AccessRule) => Promise<Actor>

/** The farm is the installation's own: who has not enrolled yet is a visitor of its first tenant. */
const newcomer: Actor = {
  kind: 'visitor',
  id: null,
  tenantId: DEFAULT_TENANT_ID,
  visibleTenants: [],
  permissions: [],
  sessionId: null,
}

/**
 * Admits nodes by what they sign. They have no limit but their leases; wrong signatures count for their address, and where
 * those are too many only nodes that were right there before are looked at. Errors: NODE_UNKNOWN, NODE_SIGNATURE_STALE,
 * RATE_LIMITED, and whatever keeps the render service from answering.
 */
export function admitNodes(
  { render }: Pick<GatewayDeps, 'render'>,
  limiter: RequestLimiter,
  notes: RequestNotes,
): AdmitNode {
  const proven = openProvenTokens()
  const right = new Set<string>()
  const remember = (name: string) => {
    right.delete(name)
    right.add(name)
    for (const oldest of right) {
      if (right.size <= REMEMBERED) break
      right.delete(oldest)
    }
  }
  const identify = async (request: FastifyRequest) => {
    const { ip, headers } = request
    const token = findNodeToken(headers.authorization)
    const known = proven.find(token)
    if (known !== undefined) return known
    const read = readNodeToken(token)
    const name = `${read.subject} ${ip}`
    const refused = notes(request).address?.refusal
    if (refused !== undefined && !right.has(name)) throw refused
    const { actor } = await render.nodes.identify({ token }, { context: callAsSystem() })
    proven.keep(read, actor)
    remember(name)
    return actor
  }
  return async (request, rule) => {
    const note = notes(request)
    if (rule === 'anyone') {
      if (note.address?.refusal !== undefined) throw note.address.refusal
      note.actor = newcomer
      return newcomer
    }
    try {
      const actor = await identify(request)
      await limiter.forgiveCredential(request.ip)
      assertAccess({ actor }, rule)
      note.actor = actor
      return actor
    } catch (error) {
      // What goes wrong on our side counts against nobody.
      const isTheirs = isFlatRenderError(error, 'NODE_UNKNOWN', 'NODE_SIGNATURE_STALE', 'RATE_LIMITED')
      if (!isTheirs) await limiter.forgiveCredential(request.ip)
      throw error
    }
  }
}
