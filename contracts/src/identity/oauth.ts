import { z } from 'zod'
import { procedure } from '../call/procedure.ts'
import { moment, secondStep, token, tokens, words } from './values.ts'

const key = z.string().regex(/^[a-z][a-z0-9-]{0,62}$/)
const name = words.min(1).max(120)
const uri = z.url({ protocol: /^https?$/ }).max(2000)
const clientId = words.min(1).max(500)
const clientSecret = words.min(1).max(500)
const scope = z.string().regex(/^[\x21\x23-\x5b\x5d-\x7e]{1,200}$/)
const scopes = z.array(scope).min(1).max(20)
const redirectUris = z.array(uri).max(20)

/** By whose accounts people may log in: an OpenID server, or GitHub. */
const provider = z.object({
  id: z.uuid(),
  /** Its name in the address of the login. */
  key,
  kind: z.enum(['oidc', 'github']),
  name,
  /** Of an OpenID server its issuer; for GitHub, where it stands. */
  issuer: uri,
  clientId,
  /** Secrets are never shown. */
  hasClientSecret: z.boolean(),
  scopes,
  /** Is an e-mail address that it calls verified so for us? */
  trustsEmail: z.boolean(),
  /** Pages that people may be sent back to, beside those of the tenant's own origins. */
  redirectUris,
  state: z.enum(['active', 'paused']),
  createdAt: moment,
})

/** An account elsewhere by which a user logs in. */
const account = z.object({
  id: z.uuid(),
  provider: z.object({ key, name }),
  /** As the provider told it at the last login. */
  email: z.string().nullable(),
  lastUsedAt: moment.nullable(),
  createdAt: moment,
})

const beginning = z.object({ provider: key, redirectUri: uri })

const begun = z.object({
  /** Where the browser goes. */
  authorizationUrl: z.url(),
  /** Stays with the browser that began, and goes with what it comes back with. */
  handle: token,
})

const ending = z.object({
  handle: token,
  /** As the provider gave them to the redirect URI: `state`, and `code` or `error`; `iss` if it was there. */
  state: z.string().min(1).max(200),
  code: z.string().min(1).max(4096).optional(),
  error: z.string().min(1).max(200).optional(),
  iss: z.string().max(2000).optional(),
})

const nothing = z.object({})

/** Logging in by an account elsewhere. */
export const oauth = {
  listChoices: procedure('anyone')
    .route({
      method: 'GET',
      path: '/auth/oauth/providers',
      summary: 'List by whose accounts one may log in here',
      tags: ['auth'],
    })
    .output(z.object({ providers: z.array(z.object({ key, name, kind: z.enum(['oidc', 'github']) })) })),
  begin: procedure('anyone')
    .route({
      method: 'POST',
      path: '/auth/oauth/begin',
      summary: 'Begin a login by an account elsewhere',
      description:
        'Keep the `handle` in the browser and send it to `authorizationUrl`. It comes back to `redirectUri` within ten minutes, with what goes to `/auth/oauth/finish`.',
      tags: ['auth'],
    })
    .input(beginning)
    .output(begun),
  finish: procedure('anyone')
    .route({
      method: 'POST',
      path: '/auth/oauth/finish',
      summary: 'Finish a login by an account elsewhere',
      description:
        'Answers as `/auth/login` does. Somebody new becomes a user; whose address the provider does not vouch for gets a mail first.',
      tags: ['auth'],
    })
    .input(ending)
    .output(z.union([tokens, secondStep])),
  listAccounts: procedure('self:read')
    .route({
      method: 'GET',
      path: '/me/oauth-accounts',
      summary: 'List the accounts by which I may log in',
      tags: ['me'],
    })
    .output(z.object({ accounts: z.array(account) })),
  beginLink: procedure('self:write')
    .route({
      method: 'POST',
      path: '/me/oauth-accounts/begin',
      summary: 'Begin to link an account elsewhere',
      description: 'As `/auth/oauth/begin`; what comes back goes to `/me/oauth-accounts/finish`.',
      tags: ['me'],
    })
    .input(beginning)
    .output(begun),
  finishLink: procedure('self:write')
    .route({
      method: 'POST',
      path: '/me/oauth-accounts/finish',
      successStatus: 201,
      summary: 'Finish linking an account elsewhere',
      tags: ['me'],
    })
    .input(ending)
    .output(account),
  unlink: procedure('self:write')
    .route({
      method: 'DELETE',
      path: '/me/oauth-accounts/{id}',
      summary: 'Unlink an account elsewhere',
      description: 'Whoever has no password keeps one account.',
      tags: ['me'],
    })
    .input(z.object({ id: z.uuid() }))
    .output(nothing),
  createProvider: procedure('tenants:own')
    .route({
      method: 'POST',
      path: '/oauth-providers',
      successStatus: 201,
      summary: 'Let people log in by accounts elsewhere',
      description:
        'An OpenID server is found by its issuer. Owners alone may add one: a provider says who somebody is.',
      tags: ['oauth-providers'],
    })
    .input(
      z.object({
        key,
        kind: z.enum(['oidc', 'github']),
        name,
        /** GitHub's own unless told; an OpenID server has one always. */
        issuer: uri.optional(),
        clientId,
        /** None for a public client. GitHub asks for one. */
        clientSecret: clientSecret.optional(),
        scopes: scopes.optional(),
        trustsEmail: z.boolean().default(true),
        redirectUris: redirectUris.default([]),
      }),
    )
    .output(provider),
  listProviders: procedure('tenants:write')
    .route({
      method: 'GET',
      path: '/oauth-providers',
      summary: 'List the login providers of this tenant',
      tags: ['oauth-providers'],
    })
    .output(z.object({ providers: z.array(provider) })),
  changeProvider: procedure('tenants:own')
    .route({
      method: 'PATCH',
      path: '/oauth-providers/{id}',
      summary: 'Change, pause or resume a login provider',
      description: 'Nobody logs in by a paused one. Where it stands stays: its secret is for nobody else.',
      tags: ['oauth-providers'],
    })
    .input(
      z.object({
        id: z.uuid(),
        name: name.optional(),
        clientId: clientId.optional(),
        /** A new secret; null takes it away. */
        clientSecret: clientSecret.nullable().optional(),
        scopes: scopes.optional(),
        trustsEmail: z.boolean().optional(),
        redirectUris: redirectUris.optional(),
        state: z.enum(['active', 'paused']).optional(),
      }),
    )
    .output(provider),
  removeProvider: procedure('tenants:own')
    .route({
      method: 'DELETE',
      path: '/oauth-providers/{id}',
      summary: 'Remove a login provider by which nobody logs in',
      tags: ['oauth-providers'],
    })
    .input(z.object({ id: z.uuid() }))
    .output(nothing),
}
