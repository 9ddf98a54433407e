import type { IncomingMessage } from 'node:http'
import { Readable } from 'node:stream'
import { FlatRenderError } from '@flatrender/contracts/errors'

/** What a body is held to. */
export interface BodyBounds {
  /** Bytes, at most. */
  readonly limit: number
  /** Seconds without a byte while somebody waits for one. */
  readonly idleSeconds: number
  /** Hears why the body failed, before its reader does. */
  readonly onFailure: (error: Error) => void
}

/**
 * A request's body, as fast as it is read and no faster. Whoever ends it early ends no connection: what still comes is let
 * through to nowhere, so that the answer arrives. Errors, of the stream: REQUEST_LATE, REQUEST_TOO_LARGE, and an
 * AbortError when the client leaves.
 */
export function takeBody(raw: IncomingMessage, bounds?: BodyBounds): Readable {
  const { limit = Number.POSITIVE_INFINITY, idleSeconds, onFailure } = bounds ?? {}
  let bytes = 0
  let timer: NodeJS.Timeout | undefined
  const fail = (error: Error) => {
    if (body.destroyed) return
    onFailure?.(error)
    body.destroy(error)
  }
  const rest = () => {
    clearTimeout(timer)
    timer = undefined
  }
  const wait = () => {
    rest()
    if (idleSeconds === undefined) return
    const late = () => fail(new FlatRenderError('REQUEST_LATE', { seconds: idleSeconds }))
    timer = setTimeout(late, idleSeconds * 1000)
  }
  const take = (chunk: Buffer) => {
    bytes += chunk.length
    if (bytes > limit) return fail(new FlatRenderError('REQUEST_TOO_LARGE', { limit }))
    if (body.push(chunk)) return wait()
    rest()
    raw.pause()
  }
  const end = () => {
    rest()
    body.push(null)
  }
  const leave = () => {
    if (!raw.complete) fail(new DOMException('the client left', 'AbortError'))
  }
  const body = new Readable({
    read() {
      if (raw.readableEnded) return
      wait()
      raw.resume()
    },
    destroy(error, done) {
      rest()
      raw.off('data', take).off('end', end).resume()
      done(error)
    },
  })
  raw.on('data', take).once('end', end).once('close', leave).on('error', leave).pause()
  // Its reader may be gone, or not there yet.
  body.on('error', () => {})
  return body
}
