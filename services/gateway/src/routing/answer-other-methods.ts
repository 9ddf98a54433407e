import { FlatRenderError } from '@flatrender/contracts/errors'
import type { FastifyInstance } from 'fastify'
import type { AllowOrigins } from '../origins/allow-origins.ts'
import { API_PREFIX } from './api-prefix.ts'

/** The routes that a server has so far, and those it gets: `/users` → GET, HEAD. */
export type KnownRoutes = ReadonlyMap<string, ReadonlySet<string>>

/** Watches which routes a server gets. */
export function watchRoutes(server: FastifyInstance): KnownRoutes {
  const routes = new Map<string, Set<string>>()
  server.addHook('onRoute', ({ url, method }) => {
    const methods = routes.get(url) ?? new Set()
    routes.set(url, methods)
    for (const one of [method].flat()) methods.add(one)
  })
  return routes
}

/**
 * Answers methods that a known path has no route for: OPTIONS says which it has, and tells browsers whose pages may use
 * them; the others are METHOD_UNKNOWN, before their body is read. Called when all routes are there.
 */
export function answerOtherMethods(
  server: FastifyInstance,
  routes: KnownRoutes,
  origins: AllowOrigins,
): void {
  for (const [url, methods] of [...routes]) {
    const allowed = [...methods, 'OPTIONS'].toSorted().join(', ')
    server.route({
      method: 'OPTIONS',
      url,
      handler: async (request, reply) => {
        reply.header('allow', allowed)
        if (url.startsWith(API_PREFIX)) await origins.preflight(request, reply, allowed)
        return reply.code(204).send()
      },
    })
    server.route({
      method: server.supportedMethods.filter((method) => method !== 'OPTIONS' && !methods.has(method)),
      url,
      onRequest: async (request, reply) => {
        reply.header('allow', allowed)
        const path = request.url.split('?', 1)[0]
        throw new FlatRenderError('METHOD_UNKNOWN', { method: request.method, path, allowed })
      },
      handler: async () => undefined,
    })
  }
}
