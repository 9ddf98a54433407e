import { randomBytes } from 'node:crypto'
import { hash, hashSync, verify } from '@node-rs/argon2'
import { takeTurns } from './take-turns.ts'

/** Argon2id as OWASP asks for it: 19 MiB, two passes, one lane. About 20 ms on a core of 2024. */
const COST = { memoryCost: 19_456, timeCost: 2, parallelism: 1 }

/** Hashes passwords, only so many at once that a flood of logins can't eat the memory. */
export interface Passwords {
  /** Argon2id, encoded. Errors: SERVICE_UNAVAILABLE when too many wait. */
  hash(password: string): Promise<string>
  /** Is it the password of this hash? Takes as long when there is no hash, and says no. */
  verify(known: string | null, password: string): Promise<boolean>
}

/** Begins to keep count of the hashes that are under way. */
export function openPasswords(atOnce: number): Passwords {
  const inTurn = takeTurns(atOnce)
  // What is compared where nobody is known; nothing matches it.
  const decoy = hashSync(randomBytes(32), COST)
  return {
    hash: (password) => inTurn(() => hash(compose(password), COST)),
    async verify(known, password) {
      const right = await inTurn(() => verify(known ?? decoy, compose(password)))
      return right && known !== null
    },
  }
}

/** The same letters typed on another keyboard are the same password (NIST SP 800-63B). */
function compose(password: string): string {
  return password.normalize('NFKC')
}
