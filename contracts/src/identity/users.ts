import { z } from 'zod'
import { nextPage, pageInput } from '../call/page.ts'
import { builtInRoles } from '../call/permissions.ts'
import { procedure } from '../call/procedure.ts'
import { language, password, personalExport, session, tenantUser, user, words } from './values.ts'

/** A person's own affairs, and the users of the tenant. */
export const users = {
  me: procedure('self:read')
    .route({ method: 'GET', path: '/me', summary: 'Who am I?', tags: ['me'] })
    .output(user),
  changeMe: procedure('self:write')
    .route({ method: 'PATCH', path: '/me', summary: 'Change my name or language', tags: ['me'] })
    .input(z.object({ name: words.max(120).optional(), language: language.optional() }))
    .output(user),
  exportMe: procedure('self:read')
    .route({
      method: 'GET',
      path: '/me/export',
      summary: 'Get all that is kept of me',
      description:
        'By service and table, as it is in the databases of all services. No secrets, and no hashes of them. Needs a login proven lately.',
      tags: ['me'],
    })
    .output(personalExport),
  deleteMe: procedure('self:write')
    .route({
      method: 'DELETE',
      path: '/me',
      summary: 'Delete me',
      description:
        'For good: logins and keys end, and the address is free again. Needs a login proven lately; the last owner stays.',
      tags: ['me'],
    })
    .output(z.object({})),
  changePassword: procedure('self:write')
    .route({
      method: 'POST',
      path: '/me/password',
      summary: 'Change my password',
      description: 'Ends all other logins.',
      tags: ['me'],
    })
    .input(z.object({ currentPassword: z.string().max(256), password }))
    .output(z.object({})),
  listSessions: procedure('self:read')
    .route({
      method: 'GET',
      path: '/me/sessions',
      summary: 'Where am I logged in?',
      description: 'The latest login first. `next` is the `cursor` of the next page; null on the last.',
      tags: ['me'],
    })
    .input(pageInput)
    .output(z.object({ sessions: z.array(session), next: nextPage })),
  revokeSession: procedure('self:write')
    .route({ method: 'DELETE', path: '/me/sessions/{id}', summary: 'End one of my logins', tags: ['me'] })
    .input(z.object({ id: z.uuid() }))
    .output(z.object({})),
  list: procedure('users:read')
    .route({
      method: 'GET',
      path: '/users',
      summary: 'List the users of this tenant',
      description: 'The newest first. `next` is the `cursor` of the next page; null on the last.',
      tags: ['users'],
    })
    .input(
      z.object({
        state: z.enum(['active', 'suspended']).optional(),
        cursor: z.uuid().optional(),
        limit: z.coerce.number().int().min(1).max(100).default(50),
      }),
    )
    .output(z.object({ users: z.array(tenantUser), next: z.uuid().nullable() })),
  suspend: procedure('users:write')
    .route({
      method: 'POST',
      path: '/users/{id}/suspend',
      summary: 'Suspend a user of this tenant',
      description:
        'Their logins end, and their keys are refused. Needs a login proven lately; the last owner stays.',
      tags: ['users'],
    })
    .input(z.object({ id: z.uuid(), reason: words.max(500).default('') }))
    .output(tenantUser),
  resume: procedure('users:write')
    .route({
      method: 'POST',
      path: '/users/{id}/resume',
      summary: 'Lift the suspension of a user',
      description: 'Needs a login proven lately.',
      tags: ['users'],
    })
    .input(z.object({ id: z.uuid() }))
    .output(tenantUser),
  delete: procedure('users:write')
    .route({
      method: 'DELETE',
      path: '/users/{id}',
      summary: 'Delete a user of this tenant',
      description:
        'For good: their logins and keys end, and the address is free again. Needs a login proven lately; the last owner stays.',
      tags: ['users'],
    })
    .input(z.object({ id: z.uuid() }))
    .output(z.object({})),
  demandFactor: procedure('users:write')
    .route({
      method: 'PUT',
      path: '/users/{id}/second-factor',
      summary: 'Demand a second factor of a user, or no longer',
      description:
        'Who must have one and has none is logged out, and may do nothing but set one up. Needs a login proven lately.',
      tags: ['users'],
    })
    .input(z.object({ id: z.uuid(), required: z.boolean() }))
    .output(tenantUser),
  changeRoles: procedure('users:write')
    .route({
      method: 'PUT',
      path: '/users/{id}/roles',
      summary: 'Give a user these roles and no others',
      description:
        'Their logins end. Nobody gives or takes what allows more than they may do themselves. Needs a login proven lately.',
      tags: ['users'],
    })
    .input(z.object({ id: z.uuid(), roles: z.array(z.enum(builtInRoles)).min(1).max(5) }))
    .output(tenantUser),
}
