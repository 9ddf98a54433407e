import { isIP } from 'node:net'
import type { Call } from '@flatrender/contracts/call'

/** Characters of a client's name that are kept. */
const USER_AGENT_LENGTH = 400

/** What is kept of a client. */
export function readClient({ address, userAgent }: Pick<Call, 'address' | 'userAgent'>) {
  return { address: readAddress(address), userAgent: userAgent?.slice(0, USER_AGENT_LENGTH) ?? null }
}

/**
 * A client's address as PostgreSQL compares it: of IPv4 without the prefix that it has on a socket of both kinds (else
 * all of IPv4 would be one network), of IPv6 without the zone. Null for what is no address.
 */
export function readAddress(text: string | null): string | null {
  if (text === null) return null
  const plain = text.replace(/^::ffff:(?=\d+\.)/i, '').replace(/%.*$/, '')
  return isIP(plain) === 0 ? null : plain
}
