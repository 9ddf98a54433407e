import type { FastifyInstance, FastifyReply } from 'fastify'
import { listRoutes } from '../openapi/list-routes.ts'
import { countRoutes, writeOpenApi } from '../openapi/write-openapi.ts'
import { exposedContracts } from '../routing/exposed-contracts.ts'
import { writeErrorsPage } from './errors-page.ts'
import { writeHomePage } from './home-page.ts'
import { writeReferencePage } from './reference-page.ts'

/** Pages hold their own style and nothing else: no script, no font, no picture from anywhere. */
const PAGE_POLICY = "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'; base-uri 'none'"

/** `/` says what runs and what to try first; `/docs` is the API's reference, `/docs/errors` its errors, `/openapi.json` the same for machines. */
export function addPages(server: FastifyInstance, version: string): void {
  const routes = countRoutes(exposedContracts)
  const errors = writeErrorsPage()
  const description = writeOpenApi(version)
  const reference = description.then((document) => writeReferencePage(listRoutes(document), version))
  server.get('/', async ({ host }, reply) => sendPage(reply, writeHomePage({ version, routes, host })))
  server.get('/docs', async (_request, reply) => sendPage(reply, await reference))
  server.get('/docs/errors', async (_request, reply) => sendPage(reply, errors))
  server.get('/openapi.json', async () => description)
}

function sendPage(reply: FastifyReply, page: string): FastifyReply {
  return reply.header('content-security-policy', PAGE_POLICY).type('text/html; charset=utf-8').send(page)
}
