import type { Call } from '@flatrender/contracts/call'
import { writeAudit } from '../audit/audit-store.ts'
import type { Identity } from '../deps.ts'
import { assertTenantActive } from '../tenants/tenants-system-store.ts'
import { grantRole } from '../users/roles-store.ts'
import { findUserByEmail, insertUser } from '../users/users-store.ts'
import { countMail } from './mail-throttles-store.ts'
import { mailToken } from './mail-token.ts'

/**
 * Registers an e-mail address. The answer and its time are the same whether or not somebody has it: the mail alone tells,
 * five times an hour at most.
 * The password becomes the user's when that mail is answered, so nobody can set one for an address that isn't theirs.
 * Errors: TENANT_SUSPENDED, SERVICE_UNAVAILABLE when too many passwords wait to be hashed.
 */
export async function register(
  identity: Identity,
  call: Call,
  input: { email: string; password: string; name: string; language?: string | undefined },
): Promise<Record<string, never>> {
  const { tenantId } = call.actor
  const { language: tenantLanguage } = await identity.system.transact((transaction) =>
    assertTenantActive(transaction, tenantId),
  )
  const passwordHash = await identity.passwords.hash(input.password)
  await identity.database.transact(call.actor, async (transaction) => {
    const { email, name, language = tenantLanguage } = input
    const fresh = await insertUser(transaction, { tenantId, email, name, language })
    if (fresh !== undefined) {
      await grantRole(transaction, { tenantId, userId: fresh, role: 'member' })
      await writeAudit(transaction, call, { action: 'user.registered', subject: fresh, userId: fresh })
      await identity.emit(transaction, {
        type: 'identity.user.registered',
        tenantId,
        subject: fresh,
        data: { userId: fresh },
      })
    }
    const user = await findUserByEmail(transaction, tenantId, email)
    if (user === undefined) return
    const userId = user.id
    const unproven = user.state === 'active' && user.email_verified_at === null
    const purpose = unproven ? 'verify_email' : 'registration_repeated'
    if (!(await countMail(transaction, { tenantId, purpose, email }))) return
    if (unproven)
      await mailToken(identity, transaction, { tenantId, userId, purpose: 'verify_email', passwordHash })
    else
      await identity.emit(transaction, {
        type: 'identity.registration.repeated',
        tenantId,
        subject: userId,
        data: { userId },
      })
  })
  return {}
}
