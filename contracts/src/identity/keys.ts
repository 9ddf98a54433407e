import { z } from 'zod'
import { nextPage, pageInput } from '../call/page.ts'
import { keyScopes } from '../call/permissions.ts'
import { procedure } from '../call/procedure.ts'
import { apiKey, moment, words } from './values.ts'

/** Keys for programs. */
export const keys = {
  create: procedure('keys:write')
    .route({
      method: 'POST',
      path: '/api-keys',
      successStatus: 201,
      summary: 'Make an API key',
      description: 'The key itself is in this answer alone. It can do no more than who made it.',
      tags: ['API keys'],
    })
    .input(
      z.object({
        name: words.min(1).max(120),
        scopes: z.array(z.enum(keyScopes)).min(1),
        allowedAddresses: z
          .array(z.union([z.cidrv4(), z.cidrv6(), z.ipv4(), z.ipv6()]))
          .max(50)
          .default([]),
        expiresAt: moment.nullable().default(null),
      }),
    )
    .output(apiKey.extend({ key: z.string() })),
  list: procedure('keys:read')
    .route({
      method: 'GET',
      path: '/api-keys',
      summary: 'List the API keys',
      description: 'The newest first. `next` is the `cursor` of the next page; null on the last.',
      tags: ['API keys'],
    })
    .input(pageInput)
    .output(z.object({ keys: z.array(apiKey), next: nextPage })),
  revoke: procedure('keys:write')
    .route({ method: 'DELETE', path: '/api-keys/{id}', summary: 'Revoke an API key', tags: ['API keys'] })
    .input(z.object({ id: z.uuid() }))
    .output(z.object({})),
}
