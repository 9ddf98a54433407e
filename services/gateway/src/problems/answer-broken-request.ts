import { randomUUID } from 'node:crypto'
import { STATUS_CODES } from 'node:http'
import type { Duplex } from 'node:stream'
import { FlatRenderError } from '@flatrender/contracts/errors'
import { toProblem } from '@flatrender/platform/service'

/** Milliseconds that a client has to hear why, and to end its side. */
const LINGER = 2_000

/** Answers what isn't HTTP, or came too slowly, before any request exists: a problem, then the connection ends. */
export function openBrokenRequestAnswer(
  seconds: number,
): (error: Error & { code?: string }, socket: Duplex) => void {
  return (error, socket) => {
    if (error.code === 'ECONNRESET' || !socket.writable) socket.destroy()
    else endWithProblem(socket, describe(error.code, seconds))
  }
}

/** Says a failure on a bare connection, and ends it. */
export function endWithProblem(socket: Duplex, failure: FlatRenderError, headers = ''): void {
  const problem = toProblem(failure, randomUUID())
  const body = JSON.stringify(problem)
  const head = [
    `HTTP/1.1 ${problem.status} ${STATUS_CODES[problem.status]}`,
    'connection: close',
    'content-type: application/problem+json; charset=utf-8',
    `content-length: ${Buffer.byteLength(body)}`,
    `x-request-id: ${problem.requestId}`,
    'x-content-type-options: nosniff',
    'cache-control: no-store',
  ]
  socket.end(`${head.join('\r\n')}${headers}\r\n\r\n${body}`)
  // Who never ends their own side would keep half of the connection.
  setTimeout(() => socket.destroy(), LINGER).unref()
}

function describe(code: string | undefined, seconds: number): FlatRenderError {
  if (code === 'ERR_HTTP_REQUEST_TIMEOUT') return new FlatRenderError('REQUEST_LATE', { seconds })
  if (code === 'HPE_HEADER_OVERFLOW') return new FlatRenderError('REQUEST_HEADERS_TOO_LARGE')
  return new FlatRenderError('REQUEST_INVALID', { procedure: 'HTTP/1.1', issues: ['it is not HTTP'] })
}
