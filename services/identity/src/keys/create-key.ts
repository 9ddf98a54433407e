import type { Call } from '@flatrender/contracts/call'
import { FlatRenderError } from '@flatrender/contracts/errors'
import { answerOnce } from '@flatrender/platform/service'
import { writeAudit } from '../audit/audit-store.ts'
import type { Identity } from '../deps.ts'
import { assertProven } from '../sessions/assert-proven.ts'
import { hashApiKey, makeApiKey } from './api-key.ts'
import { describeKey } from './describe-key.ts'
import { insertKey } from './keys-store.ts'

/**
 * Makes an API key, which can do no more than who makes it. Errors: ACCESS_UNPROVEN for another key, and for whoever comes
 * from a tenant above, API_KEY_SCOPE_TOO_WIDE, API_KEY_EXPIRED, STEP_UP_REQUIRED, and those of asking again with an
 * `Idempotency-Key`.
 */
export async function createKey(
  identity: Identity,
  call: Call,
  input: {
    name: string
    scopes: readonly string[]
    allowedAddresses: readonly string[]
    expiresAt: string | null
  },
) {
  const { actor } = call
  const { tenantId } = actor
  // A key that makes keys would shed its own expiry and addresses, and outlive its revocation.
  // One made by a switch into this tenant would outlive the switch.
  if (actor.kind === 'key' || actor.actingTenantId !== undefined) throw new FlatRenderError('ACCESS_UNPROVEN')
  const scopes = [...new Set(input.scopes)]
  const tooWide = scopes.filter((scope) => actor.kind !== 'system' && !actor.permissions.includes(scope))
  if (tooWide.length > 0) throw new FlatRenderError('API_KEY_SCOPE_TOO_WIDE', { scopes: tooWide })
  const once = { call, service: 'identity', procedure: 'keys.create', input, secretKeys: identity.secretKeys }
  return identity.database.transact(actor, async (transaction) => {
    await assertProven(transaction, call)
    return answerOnce(transaction, once, async () => {
      const { expiresAt } = input
      if (expiresAt !== null && Date.parse(expiresAt) <= Date.now())
        throw new FlatRenderError('API_KEY_EXPIRED', { expiresAt })
      const { key, prefix } = makeApiKey()
      const hash = hashApiKey(key)
      const row = await insertKey(transaction, {
        ...input,
        tenantId,
        ownerId: actor.id,
        prefix,
        hash,
        scopes,
      })
      await writeAudit(transaction, call, {
        action: 'key.created',
        subject: row.id,
        after: { prefix, scopes },
      })
      await identity.emit(transaction, {
        type: 'identity.key.created',
        tenantId,
        subject: row.id,
        data: { keyId: row.id },
      })
      return { ...describeKey(row), key }
    })
  })
}
