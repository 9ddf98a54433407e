import type { ProviderRow } from './providers-store.ts'

/** Turns a provider's row into what its tenant is answered; the secret stays. */
export function describeProvider(row: ProviderRow) {
  return {
    id: row.id,
    key: row.key,
    kind: row.kind,
    name: row.name,
    issuer: row.issuer,
    clientId: row.client_id,
    hasClientSecret: row.sealed_client_secret !== null,
    scopes: row.scopes,
    trustsEmail: row.trusts_email,
    redirectUris: row.redirect_uris,
    state: row.state,
    createdAt: row.created_at.toISOString(),
  }
}
