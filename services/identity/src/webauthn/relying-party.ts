import type { TenantTransaction } from '@flatrender/platform/db'
import type { Identity } from '../deps.ts'
import type { Tables } from '../tables.ts'
import { findPresentation } from '../tenants/tenants-store.ts'
import { findProvenDomain } from './proven-domain-store.ts'

/** Whom an authenticator answers. */
export interface RelyingParty {
  /** The host that its keys are bound to. */
  readonly id: string
  /** As the browser shows it. */
  readonly name: string
  /** Of the page that asks: scheme, host and port. */
  readonly origin: string
}

/** The tenant as an authenticator knows it: by its own domain once that is proven, else by where this installation is found. */
export async function findRelyingParty(
  { publicOrigin }: Identity,
  transaction: TenantTransaction<Tables>,
  tenantId: string,
): Promise<RelyingParty> {
  const { name } = await findPresentation(transaction, tenantId)
  const domain = await findProvenDomain(transaction, tenantId)
  const origin = domain === undefined ? publicOrigin : `https://${domain}`
  return { id: new URL(origin).hostname, name, origin }
}
