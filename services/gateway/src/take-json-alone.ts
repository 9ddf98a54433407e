import { isUtf8 } from 'node:buffer'
import { FlatRenderError } from '@flatrender/contracts/errors'
import type { FastifyInstance, FastifyRequest } from 'fastify'

/**
 * JSON alone: what the API takes has no other form, and a form of another site can't send it. Errors: REQUEST_TYPE_UNKNOWN
 * where it is compressed, REQUEST_INVALID where it is no UTF-8.
 */
export function takeJsonAlone(server: FastifyInstance): void {
  server.removeContentTypeParser('text/plain')
  const parseJson = server.getDefaultJsonParser('error', 'error')
  server.removeContentTypeParser('application/json')
  server.addContentTypeParser('application/json', { parseAs: 'buffer' }, (request, body, done) => {
    // Programs say what their body is even where there is none.
    if (body.length === 0) return done(null, undefined)
    const encoding = request.headers['content-encoding']
    if (encoding !== undefined && encoding.toLowerCase() !== 'identity')
      return done(new FlatRenderError('REQUEST_TYPE_UNKNOWN'))
    const text = readText(body as Buffer)
    if (text === undefined) done(noText(request))
    else parseJson(request, text, done)
  })
}

const decoder = new TextDecoder()

/** Node's own way would put U+FFFD in the place of what it can't read. Undefined where that is anything. */
function readText(body: Buffer): string | undefined {
  return isUtf8(body) ? decoder.decode(body) : undefined
}

function noText({ method }: FastifyRequest): FlatRenderError {
  return new FlatRenderError('REQUEST_INVALID', { procedure: method, issues: ['its body is not UTF-8'] })
}
