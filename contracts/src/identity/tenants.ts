import { z } from 'zod'
import { nextPage, pageInput } from '../call/page.ts'
import { procedure } from '../call/procedure.ts'
import { email, language, password, tenant, words } from './values.ts'

const slug = z.string().regex(/^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$/)

/** The tenant one acts in, and those right below it. */
export const tenants = {
  create: procedure('tenants:write')
    .route({
      method: 'POST',
      path: '/tenants',
      successStatus: 201,
      summary: 'Create a tenant below this one, with its owner',
      tags: ['tenants'],
    })
    .input(
      z.object({
        kind: z.enum(['reseller', 'customer']),
        slug,
        name: words.min(1).max(120),
        language: language.default('en'),
        owner: z.object({ email, password, name: words.max(120).default('') }),
      }),
    )
    .output(tenant),
  list: procedure('tenants:read')
    .route({
      method: 'GET',
      path: '/tenants',
      summary: 'List this tenant and those below it',
      description: 'The oldest first. `next` is the `cursor` of the next page; null on the last.',
      tags: ['tenants'],
    })
    .input(pageInput)
    .output(z.object({ tenants: z.array(tenant), next: nextPage })),
  suspend: procedure('tenants:write')
    .route({
      method: 'POST',
      path: '/tenants/{id}/suspend',
      summary: 'Suspend a tenant below this one',
      description:
        'Its users and keys are refused within ten seconds, and so are those of the tenants below it.',
      tags: ['tenants'],
    })
    .input(z.object({ id: z.guid(), reason: words.max(500).default('') }))
    .output(tenant),
  resume: procedure('tenants:write')
    .route({ method: 'POST', path: '/tenants/{id}/resume', summary: 'Lift a suspension', tags: ['tenants'] })
    .input(z.object({ id: z.guid() }))
    .output(tenant),
  act: procedure('tenants:act')
    .route({
      method: 'POST',
      path: '/tenants/{id}/act',
      summary: 'Act in a tenant below this one',
      description:
        'The token is good for ten minutes and for no more than the login or key that asked for it: once that ends, it ends too. All that is done by it stands in the audit log of the tenant.',
      tags: ['tenants'],
    })
    .input(z.object({ id: z.guid() }))
    .output(
      z.object({
        /** For `Authorization: Bearer`. */
        accessToken: z.string(),
        /** Seconds until it expires; there is no refreshing it. */
        expiresIn: z.int().positive(),
        tenantId: z.guid(),
        permissions: z.array(z.string()),
      }),
    ),
}
