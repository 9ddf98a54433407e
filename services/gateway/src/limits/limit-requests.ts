import type { Actor } from '@flatrender/contracts/call'
import { FlatRenderError } from '@flatrender/contracts/errors'
import { RateLimiterMemory, type RateLimiterRes } from 'rate-limiter-flexible'
import type { GatewayConfig } from '../config.ts'
import { networkOf } from './network-of.ts'

/** Seconds that a limit counts over. */
const WINDOW = 60
/** Of what a tenant may send, the part that its visitors may: the rest is left to those who proved who they are. */
const VISITORS_SHARE = 0.5

/** Headers that tell how much is left (draft-ietf-httpapi-ratelimit-headers-10). */
export type LimitHeaders = Readonly<Record<string, string>>

/**
 * What an address is counted for: a request of the API without a credential, one with, the question of a browser whether
 * it may, a page, or a wrong token for the numbers.
 */
export type Approach = 'visitor' | 'credential' | 'preflight' | 'page' | 'metrics'

/** What a count says: the headers of the answer, and RATE_LIMITED where it was too many. */
export interface Counted {
  readonly left: number
  readonly headers: LimitHeaders
  readonly refusal?: FlatRenderError
}

/** Counts requests by address, user, key and tenant, each gateway process by itself. IPv6 is counted by /64. */
export interface RequestLimiter {
  /** Counts a request for its address, before anything is looked up for it. */
  countAddress(approach: Approach, address: string): Promise<Counted>
  /** Takes back what was counted for a credential that was right, or couldn't be looked at: it counts for its actor. */
  forgiveCredential(address: string): Promise<void>
  /** Counts for the actor and the tenant. */
  countActor(actor: Actor): Promise<Counted>
}

/** Opens the counter. */
export function openRequestLimiter(config: GatewayConfig): RequestLimiter {
  const open = (points: number) => new RateLimiterMemory({ points, duration: WINDOW })
  const limiters = {
    visitor: open(config.visitorLimit),
    credential: open(config.visitorLimit),
    page: open(config.visitorLimit),
    metrics: open(config.visitorLimit),
    // A browser asks before each request of a user to another path.
    preflight: open(config.userLimit),
    user: open(config.userLimit),
    key: open(config.keyLimit),
    tenant: open(config.tenantLimit),
    'tenant-visitors': open(Math.max(1, Math.floor(config.tenantLimit * VISITORS_SHARE))),
  }
  const count = (what: keyof typeof limiters, key: string) => consume(limiters[what], what, key)
  return {
    countAddress: (approach, address) => count(approach, networkOf(address)),
    async forgiveCredential(address) {
      await limiters.credential.reward(networkOf(address))
    },
    async countActor({ kind, id, tenantId }) {
      const known = (kind === 'user' || kind === 'key') && id !== null
      const own = await (known ? count(kind, id) : count('tenant-visitors', tenantId))
      return own.refusal === undefined ? nearer(own, await count('tenant', tenantId)) : own
    },
  }
}

/** Of two counts the one that the client meets first. */
export function nearer(one: Counted, other: Counted): Counted {
  return other.refusal !== undefined || other.left < one.left ? other : one
}

/** Whom a refusal names, where it is not simply “a user”. */
const named: Readonly<Record<string, string>> = {
  visitor: 'an address without a credential',
  credential: 'an address with wrong credentials',
  preflight: 'browsers at one address',
  page: 'an address that reads pages',
  metrics: 'an address with wrong tokens',
  'tenant-visitors': 'all visitors of a tenant',
}

async function consume(limiter: RateLimiterMemory, what: string, key: string): Promise<Counted> {
  const limit = limiter.points
  const describe = ({ remainingPoints, msBeforeNext }: RateLimiterRes) => ({
    left: remainingPoints,
    headers: {
      'ratelimit-policy': `"${what}";q=${limit};w=${WINDOW}`,
      ratelimit: `"${what}";r=${remainingPoints};t=${Math.ceil(msBeforeNext / 1000)}`,
    },
  })
  try {
    return describe(await limiter.consume(key))
  } catch (refusal) {
    if (refusal instanceof Error) throw refusal
    const counted = refusal as RateLimiterRes
    const retryAfter = Math.max(1, Math.ceil(counted.msBeforeNext / 1000))
    const data = { what: named[what] ?? `a ${what}`, limit, seconds: WINDOW, retryAfter }
    return { ...describe(counted), refusal: new FlatRenderError('RATE_LIMITED', data) }
  }
}
