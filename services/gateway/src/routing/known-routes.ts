import { FlatRenderError } from '@flatrender/contracts/errors'
import type { FastifyInstance } from 'fastify'
import type { AllowOrigins } from '../origins/allow-origins.ts'
import { unknownRoute } from '../problems/answer-problems.ts'
import { API_PREFIX } from './api-prefix.ts'

/** The routes that a server has, as it gets them. */
export interface KnownRoutes {
  /** Such as `/api/v1/users/:id`. */
  urls(): readonly string[]
  /** The methods of a path, for a header: `GET, HEAD, OPTIONS`; undefined where there is no such path. */
  methodsOf(path: string): string | undefined
}

/** Watches which routes a server gets. */
export function watchRoutes(server: FastifyInstance): KnownRoutes {
  const routes = new Map<string, { readonly pattern: RegExp; readonly methods: Set<string> }>()
  server.addHook('onRoute', ({ url, method }) => {
    const text = url.replaceAll('.', '\\.').replaceAll(/:\w+/g, '[^/]+').replace(/\*$/, '.*')
    const pattern = new RegExp(`^${text}$`)
    const route = routes.get(url) ?? { pattern, methods: new Set(['OPTIONS']) }
    routes.set(url, route)
    for (const one of [method].flat()) route.methods.add(one)
  })
  return {
    urls: () => [...routes.keys()],
    methodsOf(path) {
      const met = [...routes.values()].filter(({ pattern }) => pattern.test(path))
      const methods = new Set(met.flatMap((route) => [...route.methods]))
      return methods.size === 0 ? undefined : [...methods].toSorted().join(', ')
    },
  }
}

/** Refuses what has no route, before its body is read. Errors: METHOD_UNKNOWN where the path knows others, ROUTE_UNKNOWN. */
export function refuseUnknownRoutes(server: FastifyInstance, routes: KnownRoutes): void {
  server.addHook('onRequest', async (request, reply) => {
    if (!request.is404) return
    const path = request.url.split('?', 1)[0] ?? ''
    const allowed = routes.methodsOf(path)
    if (allowed === undefined) throw unknownRoute(request)
    reply.header('allow', allowed)
    throw new FlatRenderError('METHOD_UNKNOWN', { method: request.method, path, allowed })
  })
}

/**
 * Answers OPTIONS for every route: which methods its path knows, and to browsers whose pages may use them. Called when all
 * others are there.
 */
export function answerOptions(server: FastifyInstance, routes: KnownRoutes, origins: AllowOrigins): void {
  for (const url of routes.urls())
    server.options(url, async (request, reply) => {
      const allowed = routes.methodsOf(request.url.split('?', 1)[0] ?? '') ?? 'OPTIONS'
      reply.header('allow', allowed)
      if (url.startsWith(API_PREFIX)) await origins.preflight(request, reply, allowed)
      return reply.code(204).send()
    })
}
