import { FlatRenderError } from '@flatrender/contracts/errors'
import type { TenantTransaction } from '@flatrender/platform/db'
import { generateAuthenticationOptions } from '@simplewebauthn/server'
import type { Identity } from '../deps.ts'
import type { Tables } from '../tables.ts'
import type { UserName } from '../users/users-store.ts'
import { insertChallenge, type Question } from './challenges-store.ts'
import { findCredentials } from './credentials-store.ts'
import { findRelyingParty } from './relying-party.ts'

/** Gives what the browser is to ask a user's authenticators. Errors: FACTOR_UNKNOWN for whoever has none, PAGE_UNKNOWN. */
export async function askAssertion(
  identity: Identity,
  transaction: TenantTransaction<Tables>,
  name: UserName,
  { page, ...question }: Question & { page: string | undefined },
) {
  const known = await findCredentials(transaction, name)
  if (known.length === 0) throw new FlatRenderError('FACTOR_UNKNOWN')
  const { id: rpId, origin } = await findRelyingParty(identity, transaction, name.tenantId, page)
  const options = await generateAuthenticationOptions({
    rpID: rpId,
    allowCredentials: known.map(({ id, transports }) => ({ id, transports })),
    userVerification: 'discouraged',
  })
  const { challenge } = options
  await insertChallenge(transaction, name, { ...question, challenge, asked: { rpId, origin } })
  return options
}
