import { z } from 'zod'
import { procedure } from '../call/procedure.ts'
import { code, email, language, moment, password, secondStep, token, tokens, user, words } from './values.ts'
import { assertion, assertionOptions, page } from './webauthn.ts'

const nothing = z.object({})

/** Proving who one is. */
export const auth = {
  register: procedure('anyone')
    .route({
      method: 'POST',
      path: '/auth/register',
      successStatus: 202,
      summary: 'Register with an e-mail address and a password',
      description:
        'Sends a mail with a token to the address. The answer is the same whether or not somebody is registered with it.',
      tags: ['auth'],
    })
    .input(z.object({ email, password, name: words.max(120).default(''), language: language.optional() }))
    .output(nothing),
  verifyEmail: procedure('anyone')
    .route({
      method: 'POST',
      path: '/auth/verify-email',
      summary: 'Prove an e-mail address with the token mailed to it',
      tags: ['auth'],
    })
    .input(z.object({ token }))
    .output(user),
  login: procedure('anyone')
    .route({
      method: 'POST',
      path: '/auth/login',
      summary: 'Log in',
      description:
        'Whoever has a second factor gets no tokens yet, but an `mfaToken` that goes to `/auth/login/second` with a code.',
      tags: ['auth'],
    })
    .input(z.object({ email, password: z.string().min(1).max(256) }))
    .output(z.union([tokens, secondStep])),
  loginSecond: procedure('anyone')
    .route({
      method: 'POST',
      path: '/auth/login/second',
      summary: 'Finish a login with a second factor, or a recovery code',
      description:
        'An `mfaToken` is good for five minutes, five tries and one login; a code is taken once. With an authenticator of WebAuthn goes what it answered to `/auth/login/second/webauthn`.',
      tags: ['auth'],
    })
    .input(z.union([z.object({ mfaToken: token, code }), z.object({ mfaToken: token, assertion })]))
    .output(tokens),
  askLoginSecond: procedure('anyone')
    .route({
      method: 'POST',
      path: '/auth/login/second/webauthn',
      summary: 'Get what an authenticator is asked to finish a login',
      description:
        'Goes to `navigator.credentials.get` as `publicKey`. Good once, for five minutes; a new one ends the former.',
      tags: ['auth'],
    })
    .input(z.object({ mfaToken: token, page }))
    .output(assertionOptions),
  stepUp: procedure('self:factors')
    .route({
      method: 'POST',
      path: '/auth/step-up',
      summary: 'Prove this login again, for dangerous acts',
      description:
        'Holds for 15 minutes, as a login does. Whoever has a second factor sends a code of it, a recovery code, or what an authenticator answered to `/auth/step-up/webauthn`.',
      tags: ['auth'],
    })
    .input(
      z.union([
        z.object({ code }),
        z.object({ assertion }),
        z.object({ password: z.string().min(1).max(256) }),
      ]),
    )
    .output(z.object({ provenUntil: moment })),
  askStepUp: procedure('self:factors')
    .route({
      method: 'POST',
      path: '/auth/step-up/webauthn',
      summary: 'Get what an authenticator is asked to prove this login again',
      description:
        'Goes to `navigator.credentials.get` as `publicKey`. Good once, for five minutes; a new one ends the former.',
      tags: ['auth'],
    })
    .input(z.object({ page }))
    .output(assertionOptions),
  refresh: procedure('anyone')
    .route({
      method: 'POST',
      path: '/auth/refresh',
      summary: 'Get new tokens for a refresh token',
      description:
        'A refresh token is good once. Used again within ten seconds it gets another successor, for an answer may be lost; later the whole login is revoked.',
      tags: ['auth'],
    })
    .input(z.object({ refreshToken: token }))
    .output(tokens),
  logout: procedure('self:write')
    .route({
      method: 'POST',
      path: '/auth/logout',
      summary: 'End this login, or all of them',
      tags: ['auth'],
    })
    .input(z.object({ everywhere: z.boolean().default(false) }))
    .output(nothing),
  acceptInvitation: procedure('anyone')
    .route({
      method: 'POST',
      path: '/auth/accept-invitation',
      summary: 'Accept an invitation with the token mailed',
      description:
        'Somebody new sends a password, and may log in at once. Who is a user of the tenant already sends their access token instead, and gets the role added.',
      tags: ['auth'],
    })
    .input(
      z.object({
        token,
        password: password.optional(),
        name: words.max(120).default(''),
        language: language.optional(),
      }),
    )
    .output(user),
  forgotPassword: procedure('anyone')
    .route({
      method: 'POST',
      path: '/auth/forgot-password',
      successStatus: 202,
      summary: 'Have a token mailed that sets a new password',
      description: 'The answer is the same whether or not somebody is registered with the address.',
      tags: ['auth'],
    })
    .input(z.object({ email }))
    .output(nothing),
  resetPassword: procedure('anyone')
    .route({
      method: 'POST',
      path: '/auth/reset-password',
      summary: 'Set a new password with the token mailed',
      description: 'Ends every login.',
      tags: ['auth'],
    })
    .input(z.object({ token, password }))
    .output(nothing),
}
