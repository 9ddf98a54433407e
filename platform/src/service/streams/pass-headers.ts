import type { IncomingHttpHeaders } from 'node:http'

/** What is between two ends of one connection (RFC 9110, 7.6.1), or between client and gateway alone. */
const KEPT_BACK = new Set([
  'authorization',
  'connection',
  'cookie',
  'date',
  'expect',
  'forwarded',
  'host',
  'keep-alive',
  'proxy-authenticate',
  'proxy-authorization',
  'proxy-connection',
  'te',
  'trailer',
  'transfer-encoding',
  'upgrade',
  'x-request-id',
  'x-tenant',
])

/** The headers of a request or an answer that go on beyond this connection. */
export function passHeaders(headers: IncomingHttpHeaders): Record<string, string> {
  const named = new Set(headers.connection?.split(',').map((name) => name.trim().toLowerCase()))
  const kept = Object.entries(headers).flatMap(([name, value]) => {
    if (value === undefined || KEPT_BACK.has(name) || named.has(name) || name.startsWith('x-forwarded-'))
      return []
    return [[name, Array.isArray(value) ? value.join(', ') : value]]
  })
  return Object.fromEntries(kept)
}
