import { callAsSystem } from '@flatrender/contracts/call'
import { writeAudit } from '../audit/audit-store.ts'
import type { Identity } from '../deps.ts'
import { updateDomainProven } from './branding-store.ts'
import {
  findProvenDomains,
  type ProvenDomain,
  updateDomainLost,
  updateDomainMissed,
} from './branding-system-store.ts'
import { lookUpRecord } from './domain-record.ts'

/** Domains that are looked up at the same time. */
const AT_ONCE = 10

/** Looks for the record of every proven domain; one that was gone for a week takes the proof with it. */
export async function proveDomainsAgain(identity: Identity): Promise<void> {
  const waiting = await identity.system.transact(findProvenDomains)
  const work = async () => {
    for (let next = waiting.shift(); next !== undefined; next = waiting.shift())
      await proveAgain(identity, next)
  }
  await Promise.all(Array.from({ length: AT_ONCE }, work))
}

async function proveAgain(identity: Identity, proven: ProvenDomain): Promise<void> {
  const { tenantId, domain } = proven
  const found = await lookUpRecord(identity.resolver, proven)
  // Name servers that don't answer prove nothing either way.
  if (found === 'unknown') return
  await identity.system.transact(async (transaction) => {
    if (found === 'seen') return updateDomainProven(transaction, proven)
    await updateDomainMissed(transaction, proven)
    if (!(await updateDomainLost(transaction, proven))) return
    const act = { action: 'domain.lost', subject: tenantId, before: { domain } }
    await writeAudit(transaction, callAsSystem(tenantId), act)
    await identity.emit(transaction, {
      type: 'identity.domain.lost',
      tenantId,
      subject: tenantId,
      data: { tenantId, domain },
    })
  })
}
