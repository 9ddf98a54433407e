import { type AccessRule, accessOf, listProcedures } from '@flatrender/contracts/call'
import type { AnyContractRouter } from '@orpc/contract'
import { isContractProcedure } from '@orpc/contract'
import { type ConditionalSchemaConverter, OpenAPIGenerator } from '@orpc/openapi'
import { type ZodType, z } from 'zod'
import { exposedContracts } from '../routing/exposed-contracts.ts'

/** Our contracts' schemas are zod's, which writes JSON Schema itself. */
const zodConverter: ConditionalSchemaConverter = {
  condition: (schema) => schema?.['~standard'].vendor === 'zod',
  convert(schema, { strategy }) {
    const zod = schema as ZodType
    const { $schema: _, ...json } = z.toJSONSchema(zod, { io: strategy, unrepresentable: 'any' })
    return [!zod.safeParse(undefined).success, json as never]
  },
}

/** A failure's body (RFC 9457), as every route may answer. */
const problemSchema = z.object({
  type: z.string(),
  code: z.string(),
  status: z.int(),
  title: z.string(),
  detail: z.string(),
  retryable: z.boolean(),
  requestId: z.string(),
  data: z.record(z.string(), z.unknown()).optional(),
})

/** The API as an OpenAPI 3.1 document: what the gateway shows, the same for every run. */
export async function writeOpenApi(version: string): Promise<object> {
  const generator = new OpenAPIGenerator({ schemaConverters: [zodConverter] })
  const { $schema: _, ...problem } = z.toJSONSchema(problemSchema)
  const document = await generator.generate(exposedContracts, {
    info: {
      title: 'FlatRender',
      version,
      description:
        'Video from templates. Every failure is a problem (RFC 9457) with a stable `code`; `docs/reference/errors.md` lists them.',
      license: { name: 'MIT', identifier: 'MIT' },
    },
    servers: [{ url: '/api/v1' }],
    filter: ({ contract }) => accessOf(contract) !== 'service',
    security: [{ bearer: [] }],
    components: {
      securitySchemes: {
        bearer: { type: 'http', scheme: 'bearer', description: 'An access token, or an API key (`fr_…`).' },
      },
      schemas: { Problem: problem as never },
    },
  })
  const rules = listRules()
  return {
    ...document,
    paths: mapOperations(document.paths ?? {}, (operation, route) => ({
      ...addProblem(operation),
      ...describeAccess(rules.get(route)),
    })),
  }
}

/** `GET /me` → who may. */
function listRules(): ReadonlyMap<string, AccessRule> {
  const shown = Object.entries(exposedContracts).flatMap(([name, contract]) => listProcedures(contract, name))
  return new Map(shown.map(({ method, path, access }) => [`${method} ${path}`, access]))
}

/** Nothing is to be proven where anyone may ask; elsewhere a role or scope must have this permission. */
function describeAccess(rule: AccessRule | undefined): object {
  return rule === 'anyone' ? { security: [] } : { 'x-permission': rule }
}

/** Every route may fail, and always in one shape. */
function addProblem(operation: object): object {
  const { responses = {} } = operation as { responses?: object }
  const schema = { $ref: '#/components/schemas/Problem' }
  const problem = { description: 'A problem', content: { 'application/problem+json': { schema } } }
  return { ...operation, responses: { ...responses, default: problem } }
}

function mapOperations(paths: object, change: (operation: object, route: string) => object): object {
  return Object.fromEntries(
    Object.entries(paths).map(([path, methods]) => [
      path,
      Object.fromEntries(
        Object.entries(methods as object).map(([method, operation]) => [
          method,
          change(operation as object, `${method.toUpperCase()} ${path}`),
        ]),
      ),
    ]),
  )
}

/** How many procedures a contract shows. */
export function countRoutes(contract: AnyContractRouter): number {
  if (isContractProcedure(contract)) return accessOf(contract) === 'service' ? 0 : 1
  return Object.values(contract).reduce((sum, part) => sum + countRoutes(part as AnyContractRouter), 0)
}
