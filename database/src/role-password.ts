import { createHash, createHmac, hkdfSync, pbkdf2Sync } from 'node:crypto'

/** As PostgreSQL's own default. */
const ITERATIONS = 4096

/** The password with which a service logs in as a role: it follows from the secret key alone. */
export function derivePassword(secretKey: Buffer, role: string): string {
  return derive(secretKey, `database password of ${role}`, 24).toString('base64url')
}

/**
 * What the server keeps of that password, so that the password itself appears in no statement and no log: a SCRAM
 * verifier (RFC 5802, PostgreSQL's `SCRAM-SHA-256$…` form). The same key gives the same verifier.
 */
export function deriveVerifier(secretKey: Buffer, role: string): string {
  const salt = derive(secretKey, `database salt of ${role}`, 16)
  const salted = pbkdf2Sync(derivePassword(secretKey, role), salt, ITERATIONS, 32, 'sha256')
  const sign = (text: string) => createHmac('sha256', salted).update(text).digest()
  const stored = createHash('sha256').update(sign('Client Key')).digest('base64')
  const server = sign('Server Key').toString('base64')
  return `SCRAM-SHA-256$${ITERATIONS}:${salt.toString('base64')}$${stored}:${server}`
}

function derive(secretKey: Buffer, purpose: string, bytes: number): Buffer {
  return Buffer.from(hkdfSync('sha256', secretKey, '', purpose, bytes))
}
