import type { FastifyInstance } from 'fastify'

/** JSON alone: what the API takes has no other form, and a form of another site can't send it. */
export function takeJsonAlone(server: FastifyInstance): void {
  server.removeContentTypeParser('text/plain')
  const parseJson = server.getDefaultJsonParser('error', 'error')
  server.removeContentTypeParser('application/json')
  server.addContentTypeParser('application/json', { parseAs: 'string' }, (request, body, done) => {
    // Programs say what their body is even where there is none.
    if (body === '') done(null, undefined)
    else parseJson(request, body as string, done)
  })
}
