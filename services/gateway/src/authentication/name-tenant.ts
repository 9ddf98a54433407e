import type { FastifyRequest } from 'fastify'

/** Characters of a slug, at most. */
const SLUG_LENGTH = 63

/** What a request says of the tenant it is for. */
export interface NamedTenant {
  /** As the client named it, or as a trusted proxy did; without its port. */
  readonly host: string | null
  /** `x-tenant`: the slug of the tenant meant, where the host names none. */
  readonly slug: string | null
}

/** Reads which tenant a request is for. */
export function nameTenant({ headers, hostname }: FastifyRequest): NamedTenant {
  const slug = headers['x-tenant']
  return {
    host: hostname.toLowerCase() || null,
    slug: typeof slug === 'string' && slug.length > 0 ? slug.slice(0, SLUG_LENGTH) : null,
  }
}
