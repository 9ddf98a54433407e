import type { Call } from '@flatrender/contracts/call'
import type { TenantTransaction } from '@flatrender/platform/db'
import { writeAudit } from '../audit/audit-store.ts'
import type { Identity } from '../deps.ts'
import type { Tables } from '../tables.ts'
import { updateKeysOfRevoked } from './keys-store.ts'

/** Revokes all keys that a user made; writes each down and tells of it. */
export async function revokeKeysOf(
  identity: Identity,
  transaction: TenantTransaction<Tables>,
  call: Call,
  userId: string,
): Promise<void> {
  const { tenantId } = call.actor
  for (const keyId of await updateKeysOfRevoked(transaction, { tenantId, ownerId: userId })) {
    await writeAudit(transaction, call, { action: 'key.revoked', subject: keyId })
    await identity.emit(transaction, {
      type: 'identity.key.revoked',
      tenantId,
      subject: keyId,
      data: { keyId },
    })
  }
}
