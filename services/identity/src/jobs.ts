import type { Identity } from './deps.ts'
import { removeExpired } from './sessions/remove-expired.ts'
import { rotateSigningKeys } from './signing-keys/rotate-signing-keys.ts'

/** Work that is done in the background. */
export interface IdentityJob {
  readonly name: `identity.${string}`
  /** When it runs by itself, in UTC. */
  readonly cron?: string
  run(payload: unknown): Promise<void>
}

/** The service's background work, a line each. */
export function listJobs(identity: Identity): readonly IdentityJob[] {
  return [
    {
      name: 'identity.rotate-signing-keys',
      cron: '7 * * * *',
      run: async () => void (await rotateSigningKeys(identity)),
    },
    { name: 'identity.remove-expired', cron: '23 3 * * *', run: () => removeExpired(identity) },
  ]
}
