import type { CronEntry, Job } from '@flatrender/platform/events'
import { mailPasswordReset } from './auth/mail-password-reset.ts'
import { proveDomainsAgain } from './branding/prove-domains-again.ts'
import { releaseExpiredReservations } from './credits/release-expired-reservations.ts'
import type { Identity } from './deps.ts'
import { forgetAddresses } from './personal/forget-addresses.ts'
import { keepMonths } from './request-log/keep-months.ts'
import { removeExpired } from './sessions/remove-expired.ts'
import { rotateSigningKeys } from './signing-keys/rotate-signing-keys.ts'
import { deliverWebhooks } from './webhooks/deliver-webhooks.ts'
import { removeOldDeliveries } from './webhooks/remove-old-deliveries.ts'

/** The service's background work, a line each. */
export function listJobs(identity: Identity) {
  return {
    'identity.rotate-signing-keys': async () => void (await rotateSigningKeys(identity)),
    'identity.remove-expired': async () => removeExpired(identity),
    'identity.mail-password-reset': async (payload: unknown) => mailPasswordReset(identity, payload),
    'identity.release-expired-reservations': async () => releaseExpiredReservations(identity),
    'identity.prove-domains-again': async () => proveDomainsAgain(identity),
    'identity.forget-addresses': async () => forgetAddresses(identity),
    'identity.keep-months': async () => keepMonths(identity),
    'identity.deliver-webhooks': async (_payload: unknown, signal: AbortSignal) =>
      deliverWebhooks(identity, signal),
    'identity.remove-old-deliveries': async () => removeOldDeliveries(identity),
  } satisfies Record<`identity.${string}`, Job>
}

/** When it is done by itself, in UTC. */
export const cron: readonly CronEntry[] = [
  { job: 'identity.rotate-signing-keys', at: '7 * * * *' },
  { job: 'identity.remove-expired', at: '23 3 * * *' },
  { job: 'identity.release-expired-reservations', at: '*/5 * * * *' },
  { job: 'identity.prove-domains-again', at: '41 4 * * *' },
  { job: 'identity.forget-addresses', at: '37 3 * * *' },
  { job: 'identity.keep-months', at: '11 2 * * *' },
  { job: 'identity.deliver-webhooks', at: '* * * * *' },
  { job: 'identity.remove-old-deliveries', at: '29 3 * * *' },
]
