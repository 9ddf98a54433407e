/** A route as the reference page shows it. */
export interface ListedRoute {
  readonly method: string
  readonly path: string
  readonly summary: string
  readonly description: string
  readonly tag: string
  /** Names of what the body takes; those that must be there end in `*`. */
  readonly fields: readonly string[]
}

interface Operation {
  readonly summary?: string
  readonly description?: string
  readonly tags?: readonly string[]
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
      fields: listFields(operation.requestBody?.content?.['application/json']?.schema),
    })),
  )
}

function listFields({ properties = {}, required = [] }: BodySchema = {}): string[] {
  return Object.keys(properties).map((name) => (required.includes(name) ? `${name}*` : name))
}
