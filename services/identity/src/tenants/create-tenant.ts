import type { Call } from '@flatrender/contracts/call'
import { FlatRenderError } from '@flatrender/contracts/errors'
import { answerOnce } from '@flatrender/platform/service'
import { writeAudit } from '../audit/audit-store.ts'
import type { Identity } from '../deps.ts'
import { assertProven } from '../sessions/assert-proven.ts'
import { grantRole } from '../users/roles-store.ts'
import { insertVouchedUser } from '../users/users-store.ts'
import { describeTenant } from './describe-tenant.ts'
import { findTenantKind, insertTenant } from './tenants-system-store.ts'

/** What may stand below what. */
const below = { platform: ['reseller', 'customer'], reseller: ['customer'], customer: [] } as const

/**
 * Makes a tenant below the one acted in, with the five roles and its owner, for whose address the maker vouches.
 * Errors: TENANT_KIND_MISPLACED, TENANT_SLUG_TAKEN, TENANT_UNKNOWN, STEP_UP_REQUIRED, and those of asking again with an `Idempotency-Key`.
 */
export async function createTenant(
  identity: Identity,
  call: Call,
  input: {
    kind: 'reseller' | 'customer'
    slug: string
    name: string
    language: string
    owner: { email: string; password: string; name: string }
  },
) {
  const { owner, ...tenant } = input
  const parentId = call.actor.tenantId
  const passwordHash = await identity.passwords.hash(owner.password)
  const once = {
    call,
    service: 'identity',
    procedure: 'tenants.create',
    input,
    secretKeys: identity.secretKeys,
  }
  return identity.system.transact(async (transaction) => {
    await assertProven(transaction, call)
    return answerOnce(transaction, once, async () => {
      const parent = await findTenantKind(transaction, parentId)
      if (parent === undefined) throw new FlatRenderError('TENANT_UNKNOWN', { tenant: parentId })
      if (!(below[parent] as readonly string[]).includes(input.kind))
        throw new FlatRenderError('TENANT_KIND_MISPLACED', { parent, kind: input.kind })
      const row = await insertTenant(transaction, { ...tenant, parentId })
      if (row === undefined) throw new FlatRenderError('TENANT_SLUG_TAKEN', { slug: input.slug })
      const tenantId = row.id
      const { email, name } = owner
      const { language } = tenant
      const userId = await insertVouchedUser(transaction, { tenantId, email, name, language, passwordHash })
      await grantRole(transaction, { tenantId, userId, role: 'owner' })
      // In both books: the maker's, and the new tenant's own.
      const act = {
        action: 'tenant.created',
        subject: tenantId,
        after: { kind: input.kind, slug: input.slug },
      }
      await writeAudit(transaction, call, act)
      await writeAudit(transaction, call, { ...act, tenantId })
      await identity.emit(transaction, {
        type: 'identity.tenant.created',
        tenantId,
        subject: tenantId,
        data: { tenantId, ownerId: userId },
      })
      return describeTenant(row)
    })
  })
}
