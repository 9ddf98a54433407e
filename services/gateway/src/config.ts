import { z } from 'zod'

const perMinute = (requests: number) => z.int().positive().default(requests)

/** The gateway's settings. Limits are requests in a minute; they are counted in each gateway process by itself. */
export const gatewayConfig = z.object({
  /** Addresses and CIDR ranges whose `x-forwarded-for`, `-host` and `-proto` are believed. */
  trustedProxies: z.array(z.string()).default([]),
  /** Bytes of a JSON body. */
  bodyLimit: z.int().positive().default(1_048_576),
  /** Milliseconds within which the head of a request must have come, and then its body; streams have bounds of their own. */
  requestTimeout: z.int().positive().default(30_000),
  /** Who may read `/metrics`; without it this machine alone. */
  metricsToken: z.string().min(16).optional(),
  /** Of an address without a credential, as many with a wrong one, and as many pages. */
  visitorLimit: perMinute(300),
  userLimit: perMinute(1200),
  keyLimit: perMinute(1200),
  /** Half of it, at most, for visitors. */
  tenantLimit: perMinute(12_000),
})
export type GatewayConfig = z.infer<typeof gatewayConfig>
