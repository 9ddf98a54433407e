import type { FastifyInstance } from 'fastify'

/**
 * Says once, and who it was, when a client speaks for others and isn't believed: behind a proxy that nobody named, all of
 * its clients are counted as one address.
 */
export function warnOfProxy(server: FastifyInstance, warn: (words: string) => void): void {
  let isSaid = false
  server.addHook('onRequest', async ({ headers, ips, socket }) => {
    const isBelieved = ips !== undefined && ips.length > 1
    if (isSaid || isBelieved || headers['x-forwarded-for'] === undefined) return
    isSaid = true
    warn(
      `${socket.remoteAddress} sends x-forwarded-for and is not among FLATRENDER_GATEWAY_TRUSTED_PROXIES: if it is your proxy, name it there, or all of its clients count as one address`,
    )
  })
}
