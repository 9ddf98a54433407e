import type { Actor } from '@flatrender/contracts/call'
import { FlatRenderError } from '@flatrender/contracts/errors'
import { RateLimiterMemory, type RateLimiterRes } from 'rate-limiter-flexible'
import type { GatewayConfig } from '../config.ts'

/** Seconds that a limit counts over. */
const WINDOW = 60

/** Headers that tell how much is left (draft-ietf-httpapi-ratelimit-headers-10). */
export type LimitHeaders = Readonly<Record<string, string>>

/** Counts requests by address, user, key and tenant, each gateway process by itself. */
export interface RequestLimiter {
  /** Errors: RATE_LIMITED; its `headers` say when to come back. */
  count(actor: Actor, address: string): Promise<LimitHeaders>
  /** Counts a request that proved nothing, for its address. Errors: RATE_LIMITED. */
  countFailure(address: string): Promise<LimitHeaders>
}

/** Opens the counter. Of several limits the answer tells of the one that is nearest. */
export function openRequestLimiter(config: GatewayConfig): RequestLimiter {
  const open = (points: number) => new RateLimiterMemory({ points, duration: WINDOW })
  const limiters = {
    visitor: open(config.visitorLimit),
    user: open(config.userLimit),
    key: open(config.keyLimit),
    tenant: open(config.tenantLimit),
  }
  return {
    countFailure: async (address) => (await consume(limiters.visitor, 'visitor', address)).headers,
    async count(actor, address) {
      const who =
        actor.id === null || actor.kind === 'system' || actor.kind === 'visitor'
          ? ({ what: 'visitor', key: address } as const)
          : ({ what: actor.kind, key: actor.id } as const)
      const own = await consume(limiters[who.what], who.what, who.key)
      const shared = await consume(limiters.tenant, 'tenant', actor.tenantId)
      return own.left <= shared.left ? own.headers : shared.headers
    },
  }
}

async function consume(limiter: RateLimiterMemory, what: string, key: string) {
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
    const { msBeforeNext } = refusal as RateLimiterRes
    const retryAfter = Math.max(1, Math.ceil(msBeforeNext / 1000))
    throw new FlatRenderError('RATE_LIMITED', { what: `a ${what}`, limit, seconds: WINDOW, retryAfter })
  }
}
