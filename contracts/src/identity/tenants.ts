import { z } from 'zod'
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
      tags: ['tenants'],
    })
    .output(z.object({ tenants: z.array(tenant) })),
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
}
