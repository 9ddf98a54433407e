import { z } from 'zod'
import { nextPage, pageInput } from '../call/page.ts'
import { builtInRoles } from '../call/permissions.ts'
import { procedure } from '../call/procedure.ts'
import { email, invitation } from './values.ts'

/** Asking somebody to join the tenant. */
export const invitations = {
  create: procedure('users:write')
    .route({
      method: 'POST',
      path: '/invitations',
      successStatus: 201,
      summary: 'Invite somebody with a role',
      description:
        'Sends a mail with a token that holds for seven days. Who is invited again gets the same invitation with a new token and role. For a role that may change users it needs a login proven lately.',
      tags: ['users'],
    })
    .input(z.object({ email, role: z.enum(builtInRoles) }))
    .output(invitation),
  list: procedure('users:read')
    .route({
      method: 'GET',
      path: '/invitations',
      summary: 'List the invitations that nobody has accepted yet',
      description: 'The newest first. `next` is the `cursor` of the next page; null on the last.',
      tags: ['users'],
    })
    .input(pageInput)
    .output(z.object({ invitations: z.array(invitation), next: nextPage })),
  revoke: procedure('users:write')
    .route({ method: 'DELETE', path: '/invitations/{id}', summary: 'Revoke an invitation', tags: ['users'] })
    .input(z.object({ id: z.uuid() }))
    .output(z.object({})),
}
