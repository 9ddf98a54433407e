import { createHash, timingSafeEqual } from 'node:crypto'
import type { IncomingMessage } from 'node:http'

/** With a token, who has it; without one, this machine itself, unless it speaks for somebody else. */
export function mayReadMetrics(
  { headers, socket }: Pick<IncomingMessage, 'headers' | 'socket'>,
  token: string | undefined,
): boolean {
  if (token !== undefined) {
    const given = headers.authorization?.replace(/^Bearer /, '') ?? ''
    return timingSafeEqual(hashOf(given), hashOf(token))
  }
  const forwarded = ['x-forwarded-for', 'x-real-ip', 'forwarded'].some((name) => headers[name] !== undefined)
  return !forwarded && /^(::ffff:)?127\.|^::1$/.test(socket.remoteAddress ?? '')
}

function hashOf(text: string): Buffer {
  return createHash('sha256').update(text).digest()
}
