import type { Socket } from 'node:net'

/** Answers what isn't HTTP, or came too slowly, before any request exists: a problem, then the connection ends. */
export function answerBrokenRequest(error: Error & { code?: string }, socket: Socket): void {
  if (error.code === 'ECONNRESET' || !socket.writable) {
    socket.destroy()
    return
  }
  const [status, reason, title] =
    error.code === 'ERR_HTTP_REQUEST_TIMEOUT'
      ? [408, 'Request Timeout', 'The request did not arrive in time.']
      : error.code === 'HPE_HEADER_OVERFLOW'
        ? [431, 'Request Header Fields Too Large', 'The headers of the request are too large.']
        : [400, 'Bad Request', 'The request is not HTTP as we understand it.']
  const body = JSON.stringify({
    type: '/docs/errors#REQUEST_INVALID',
    code: 'REQUEST_INVALID',
    status,
    title,
    detail: 'Correct the request, then send it again.',
    retryable: false,
  })
  socket.end(
    `HTTP/1.1 ${status} ${reason}\r\nconnection: close\r\ncontent-type: application/problem+json\r\ncontent-length: ${Buffer.byteLength(body)}\r\n\r\n${body}`,
  )
}
