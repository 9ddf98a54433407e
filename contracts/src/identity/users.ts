import { z } from 'zod'
import { procedure } from '../call/procedure.ts'
import { language, password, session, user, words } from './values.ts'

/** A person's own affairs. */
export const users = {
  me: procedure('self:read')
    .route({ method: 'GET', path: '/me', summary: 'Who am I?', tags: ['me'] })
    .output(user),
  changeMe: procedure('self:write')
    .route({ method: 'PATCH', path: '/me', summary: 'Change my name or language', tags: ['me'] })
    .input(z.object({ name: words.max(120).optional(), language: language.optional() }))
    .output(user),
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
    .route({ method: 'GET', path: '/me/sessions', summary: 'Where am I logged in?', tags: ['me'] })
    .output(z.object({ sessions: z.array(session) })),
  revokeSession: procedure('self:write')
    .route({ method: 'DELETE', path: '/me/sessions/{id}', summary: 'End one of my logins', tags: ['me'] })
    .input(z.object({ id: z.uuid() }))
    .output(z.object({})),
}
