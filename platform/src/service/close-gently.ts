import type { IncomingMessage, ServerResponse } from 'node:http'
import { Server, type Socket } from 'node:net'
import { setImmediate, setTimeout } from 'node:timers/promises'
import type { FastifyInstance } from 'fastify'

/** Milliseconds that a connection without a request is left: one may be on its way. */
const GRACE = 500
/** Milliseconds between looks whether any connection is left. */
const PAUSE = 10

/** Closes a server so that whoever was heard gets an answer, and nobody else can hold the end up. */
export interface GentleClose {
  /** Work that must be done before what it stands on is closed, even where its client is gone. */
  hold<Result>(work: Promise<Result>): Promise<Result>
  /**
   * Takes no more connections, cuts event streams, lets each connection go with an answer that says so and cuts those on
   * which none was asked for, waits for all requests under way: for their bodies as long as `patience`, for their answers
   * as long as they take.
   */
  close(): Promise<void>
}

/** Watches a server that is not listening yet; `patience` is in milliseconds. */
export function closeGently(server: FastifyInstance, patience: number): GentleClose {
  const sockets = new Set<Socket>()
  const requests = new Map<Socket, IncomingMessage>()
  const streams = new Set<ServerResponse>()
  const held = new Set<Promise<unknown>>()
  let closing = false
  let ending = false
  server.server.on('connection', (socket: Socket) => {
    sockets.add(socket)
    socket.once('close', () => sockets.delete(socket))
  })
  server.addHook('onRequest', async ({ raw }, reply) => {
    const { socket } = raw
    requests.set(socket, raw)
    reply.raw.once('close', () => {
      streams.delete(reply.raw)
      if (requests.get(socket) !== raw) return
      requests.delete(socket)
      // Before, its client may not have heard of the end, and have sent the next one.
      if (ending) socket.end()
    })
  })
  server.addHook('onSend', async (_request, reply) => {
    // A client that keeps its connection alive would keep us as well.
    if (closing) reply.header('connection', 'close')
    if (String(reply.getHeader('content-type')).startsWith('text/event-stream')) streams.add(reply.raw)
  })
  // Cut, not ended: its producer hears of it at once, and its client comes again elsewhere.
  const cutStreams = () => {
    for (const stream of streams) stream.destroy()
  }
  return {
    async hold(work) {
      held.add(work)
      try {
        return await work
      } finally {
        held.delete(work)
      }
    },
    async close() {
      // First: who is told to go would come again at once, and be cut before being taken in.
      await stopListening(server.server)
      closing = true
      cutStreams()
      const until = performance.now() + GRACE
      while (sockets.size > 0 && performance.now() < until) await setTimeout(PAUSE)
      ending = true
      cutStreams()
      // What has come by now is read, and has its request.
      await setImmediate()
      const ended = server.close()
      for (const socket of sockets) if (!requests.has(socket)) socket.destroy()
      const stop = new AbortController()
      const { signal } = stop
      // Node stops looking for late requests once a server closes.
      const letGo = async () => {
        await setTimeout(patience, undefined, { signal })
        for (const [socket, request] of requests) if (!request.complete) socket.destroy()
      }
      await Promise.all([ended.finally(() => stop.abort()), letGo().catch(() => {})])
      while (held.size > 0) await Promise.allSettled(held)
    },
  }
}

/** Takes no more connections, and leaves those that there are: HTTP's own way cuts at once all that idle. */
async function stopListening(server: FastifyInstance['server']): Promise<void> {
  // Whoever has been connected by now is taken in first.
  await setImmediate()
  if (server.listening) Server.prototype.close.call(server)
}
