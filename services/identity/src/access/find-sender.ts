import type { Call } from '@flatrender/contracts/call'
import { findBranding } from '../branding/branding-store.ts'
import { describeLook, plainBranding } from '../branding/describe-branding.ts'
import type { Identity } from '../deps.ts'

/**
 * Who mails of the tenant acted in come from, and how they look. An address is a sender only below the domain that the tenant
 * has proven: mailboxes refuse any other that comes from our mail server. Else answers go there.
 */
export async function findSender(identity: Identity, { actor }: Call) {
  const row =
    (await identity.database.transact(actor, (transaction) => findBranding(transaction, actor.tenantId))) ??
    plainBranding
  const { domain, domain_verified_at: proven, mail_sender_address: address } = row
  const host = address?.split('@').at(-1)?.toLowerCase() ?? ''
  const own = domain !== null && proven !== null && (host === domain || host.endsWith(`.${domain}`))
  return {
    ...describeLook(row),
    name: row.mail_sender_name,
    address: own ? address : null,
    replyTo: own ? null : address,
  }
}
