import { FlatRenderError } from '@flatrender/contracts/errors'
import type { TenantTransaction } from '@flatrender/platform/db'
import { findPages } from '../branding/pages-store.ts'
import type { Identity } from '../deps.ts'
import type { Tables } from '../tables.ts'
import { findPresentation } from '../tenants/tenants-store.ts'

/** Whom an authenticator answers. */
export interface RelyingParty {
  /** The host that its keys are bound to. */
  readonly id: string
  /** As the browser shows it. */
  readonly name: string
  /** Of the page that asks: scheme, host and port. */
  readonly origin: string
}

/**
 * The tenant as an authenticator knows it. `page` is the origin of the page that asks: one of the tenant's; without it, its own
 * domain once that is proven, else where this installation is found. Errors: PAGE_UNKNOWN.
 */
export async function findRelyingParty(
  { publicOrigin }: Identity,
  transaction: TenantTransaction<Tables>,
  tenantId: string,
  page: string | undefined,
): Promise<RelyingParty> {
  const { name } = await findPresentation(transaction, tenantId)
  const { own, named } = await findPages(transaction, tenantId)
  const origin = page ?? own ?? publicOrigin
  if (![own, publicOrigin, ...named].includes(origin))
    throw new FlatRenderError('PAGE_UNKNOWN', { page: origin })
  return { id: new URL(origin).hostname, name, origin }
}
