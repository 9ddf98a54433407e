import type { Call } from '@flatrender/contracts/call'
import { FlatRenderError } from '@flatrender/contracts/errors'
import { writeAudit } from '../audit/audit-store.ts'
import type { Identity } from '../deps.ts'
import { updateKeyRevoked } from './keys-store.ts'

/** Revokes one of the tenant's API keys. Errors: API_KEY_UNKNOWN. */
export async function revokeKey(
  identity: Identity,
  call: Call,
  { id }: { id: string },
): Promise<Record<string, never>> {
  const { tenantId } = call.actor
  await identity.database.transact(call.actor, async (transaction) => {
    if (!(await updateKeyRevoked(transaction, { tenantId, keyId: id })))
      throw new FlatRenderError('API_KEY_UNKNOWN')
    await writeAudit(transaction, call, { action: 'key.revoked', subject: id })
    await identity.emit(transaction, {
      type: 'identity.key.revoked',
      tenantId,
      subject: id,
      data: { keyId: id },
    })
  })
  return {}
}
