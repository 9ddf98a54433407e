import { z } from 'zod'
import { procedure } from '../call/procedure.ts'
import { code, factor, words } from './values.ts'
import { attestation, creationOptions, page } from './webauthn.ts'

const recoveryCodes = z.array(z.string())

/** What a person proves themselves by, beside the password. */
export const factors = {
  addTotp: procedure('self:factors')
    .route({
      method: 'POST',
      path: '/me/factors/totp',
      successStatus: 201,
      summary: 'Begin to set up an authenticator app',
      description: 'The secret is in this answer alone. The factor counts once a code of it was verified.',
      tags: ['me'],
    })
    .input(z.object({ name: words.max(120).default('') }))
    .output(factor.extend({ secret: z.string(), uri: z.string() })),
  verifyTotp: procedure('self:factors')
    .route({
      method: 'POST',
      path: '/me/factors/totp/{id}/verify',
      summary: 'Finish setting up an authenticator app with its first code',
      description:
        'With the first factor come ten recovery codes, which are shown in this answer alone. Needs a login proven lately.',
      tags: ['me'],
    })
    .input(z.object({ id: z.uuid(), code }))
    .output(z.object({ factor, recoveryCodes })),
  addWebauthn: procedure('self:factors')
    .route({
      method: 'POST',
      path: '/me/factors/webauthn',
      successStatus: 201,
      summary: 'Begin to set up an authenticator of WebAuthn',
      description:
        'A security key, a phone or this computer. The answer goes to `navigator.credentials.create` as `publicKey`; it is good once, for five minutes.',
      tags: ['me'],
    })
    .input(z.object({ name: words.max(120).default(''), page }))
    .output(creationOptions),
  verifyWebauthn: procedure('self:factors')
    .route({
      method: 'POST',
      path: '/me/factors/webauthn/verify',
      successStatus: 201,
      summary: 'Finish setting up an authenticator of WebAuthn with what it answered',
      description: 'With the first factor come ten recovery codes, which are shown in this answer alone.',
      tags: ['me'],
    })
    .input(z.object({ attestation }))
    .output(z.object({ factor, recoveryCodes })),
  list: procedure('self:factors')
    .route({ method: 'GET', path: '/me/factors', summary: 'List my second factors', tags: ['me'] })
    .output(z.object({ factors: z.array(factor), recoveryCodesLeft: z.int().nonnegative() })),
  remove: procedure('self:factors')
    .route({
      method: 'DELETE',
      path: '/me/factors/{id}',
      summary: 'Remove a second factor',
      description: 'With the last one go the recovery codes.',
      tags: ['me'],
    })
    .input(z.object({ id: z.uuid() }))
    .output(z.object({})),
  replaceRecoveryCodes: procedure('self:factors')
    .route({
      method: 'POST',
      path: '/me/recovery-codes',
      successStatus: 201,
      summary: 'Get ten new recovery codes',
      description: 'The former ones are of no use any more; the new ones are in this answer alone.',
      tags: ['me'],
    })
    .output(z.object({ recoveryCodes })),
}
