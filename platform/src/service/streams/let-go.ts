import type { IncomingMessage, ServerResponse } from 'node:http'

/** Milliseconds that a client which was answered early may go on sending: cut at once, it would lose the answer. */
const LINGER = 2_000

/** Lets go of a client that is still sending though it was answered. */
export function letGo(request: IncomingMessage, response: ServerResponse): void {
  response.once('finish', () => {
    if (request.complete) return
    request.resume()
    const timer = setTimeout(() => request.socket.destroy(), LINGER)
    request.once('close', () => clearTimeout(timer))
  })
}
