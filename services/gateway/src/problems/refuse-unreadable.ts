import { FlatRenderError } from '@flatrender/contracts/errors'
import type { FastifyInstance, FastifyRequest } from 'fastify'
import { holdsZero } from './holds-zero.ts'

/** A host as a request may name it, with or without a port: a name, an address, or an IPv6 address in brackets. */
const HOST = /^(\[[0-9a-f:.]{2,45}\]|[\p{L}\p{N}._~-]{1,253})(:\d{1,5})?$/iu

/** Refuses requests whose head or body can't be what they should. Errors: REQUEST_INVALID, REQUEST_EXPECTATION_UNKNOWN. */
export function refuseUnreadable(server: FastifyInstance): void {
  server.addHook('onRequest', async (request) => {
    const { headers, host, raw } = request
    if (headers.expect !== undefined && headers.expect.toLowerCase() !== '100-continue')
      throw new FlatRenderError('REQUEST_EXPECTATION_UNKNOWN')
    // Node takes a line without a version for a request of 1991, whose answer has no head.
    if (raw.httpVersionMajor < 1) throw invalid(request, 'its version is older than HTTP/1.0')
    // Of two hosts Node shows the first, and a proxy may have looked at the second.
    const hosts = raw.rawHeaders.filter((name, index) => index % 2 === 0 && name.toLowerCase() === 'host')
    if (hosts.length > 1) throw invalid(request, 'it has more than one Host header')
    if (raw.httpVersion === '1.1' && headers.host === undefined)
      throw invalid(request, 'it has no Host header')
    if (host !== '' && !HOST.test(host)) throw invalid(request, 'its Host header names no host')
    if (/%00/.test(request.url)) throw invalid(request, 'no text may hold the character U+0000')
  })
  server.addHook('preValidation', async (request) => {
    if (holdsZero(request.body)) throw invalid(request, 'no text may hold the character U+0000')
  })
}

function invalid({ method }: FastifyRequest, issue: string): FlatRenderError {
  return new FlatRenderError('REQUEST_INVALID', { procedure: method, issues: [issue] })
}
