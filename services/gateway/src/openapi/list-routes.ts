/** A route as the reference page shows it. */
export interface ListedRoute {
  readonly method: string
  readonly path: string
  readonly summary: string
  readonly description: string
  readonly tag: string
  /** What a role or scope must allow; undefined where anyone may ask. */
  readonly permission: string | undefined
  /** Names of what the query takes; those that must be there end in `*`. */
  readonly query: readonly string[]
  /** The same of the body. */
  readonly fields: readonly string[]
  /** The status of an answer that went well. */
  readonly status: string
}

interface Operation {
  readonly summary?: string
  readonly description?: string
  readonly tags?: readonly string[]
  readonly 'x-permission'?: string
  readonly parameters?: readonly { readonly name: string; readonly in: string; readonly required?: boolean }[]
  readonly responses?: Readonly<Record<string, unknown>>
  readonly requestBody?: { readonly content?: Readonly<Record<string, { readonly schema?: BodySchema }>> }
}
interface BodySchema {
  readonly properties?: Readonly<Record<string, unknown>>
  readonly required?: readonly string[]
}

/** The routes of an OpenAPI document, in its order. */
export function listRoutes(document: object): ListedRoute[] {
  const { paths = {} } = document as { paths?: Record<string, Record<string, Operation>> }
  return Object.entries(paths).flatMap(([path, operations]) =>
    Object.entries(operations).map(([method, operation]) => ({
      method: method.toUpperCase(),
      path: `/api/v1${path}`,
      summary: operation.summary ?? '',
      description: operation.description ?? '',
      tag: operation.tags?.[0] ?? 'other',
      permission: operation['x-permission'],
      query: (operation.parameters ?? [])
        .filter((parameter) => parameter.in === 'query')
        .map(({ name, required }) => (required === true ? `${name}*` : name)),
      status: Object.keys(operation.responses ?? {}).find((status) => status.startsWith('2')) ?? '200',
      fields: listFields(operation.requestBody?.content?.['application/json']?.schema),
    })),
  )
}

function listFields({ properties = {}, required = [] }: BodySchema = {}): string[] {
  return Object.keys(properties).map((name) => (required.includes(name) ? `${name}*` : name))
}
