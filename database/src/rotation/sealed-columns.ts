/** A column in which something sealed stands, and what each row's is bound to. */
export interface SealedColumn {
  /** `identity.mfa_factors` */
  readonly table: string
  /** `bytea`; or JSON, in which every field whose name begins with `sealed` holds it in base64. */
  readonly column: string
  /** The columns that the place is made of, or what is asked of them. */
  readonly of: readonly string[]
  /** The place, from the values of those columns: what the service says when it seals. */
  readonly place: (...values: string[]) => string
}

/** Every column that the services seal. A test compares it with the catalogue. */
export const sealedColumns: readonly SealedColumn[] = [
  {
    table: 'identity.signing_keys',
    column: 'sealed_private_key',
    of: ['kid'],
    place: (kid) => `identity.signing_keys.sealed_private_key:${kid}`,
  },
  {
    table: 'identity.mfa_factors',
    column: 'sealed_secret',
    of: ['user_id'],
    place: (userId) => `identity.mfa_factors.sealed_secret:${userId}`,
  },
  {
    table: 'identity.oauth_providers',
    column: 'sealed_client_secret',
    of: ['tenant_id', 'key', 'issuer'],
    place: (...parts) => `identity.oauth_providers.sealed_client_secret:${JSON.stringify(parts)}`,
  },
  {
    table: 'identity.tenant_webhooks',
    column: 'sealed_secret',
    of: ['id'],
    place: (id) => `identity.tenant_webhooks.sealed_secret:${id}`,
  },
  {
    table: 'identity.oauth_logins',
    column: 'sealed_secrets',
    of: ["encode(state_hash, 'hex')"],
    place: (state) => `identity.oauth_logins.sealed_secrets:${state}`,
  },
  {
    table: 'identity.user_tokens',
    column: 'data',
    of: ['user_id'],
    place: (userId) => `identity.user_tokens.data:${userId}`,
  },
  {
    table: 'notification.deliveries',
    column: 'sealed_recipient',
    of: ['event_id'],
    place: (eventId) => `notification.deliveries:${eventId}`,
  },
  {
    table: 'platform.events',
    column: 'data',
    of: ['subject'],
    place: (subject) => `platform.events:${subject}`,
  },
  {
    table: 'platform.idempotency_keys',
    column: 'answer',
    of: ['tenant_id', 'service', 'actor_id', 'procedure', 'key'],
    place: (...parts) => `platform.idempotency_keys:${parts.join(':')}`,
  },
  {
    table: 'graphile_worker._private_jobs',
    column: 'payload',
    of: ['select identifier from graphile_worker._private_tasks where id = task_id', "payload ->> 'id'"],
    place: (task, id) => `${task}:${id}`,
  },
]

/** Columns in which no service seals anything yet: what stands in one must have its place above first. */
export const unusedColumns: readonly string[] = [
  'identity.oauth_accounts.sealed_access_token',
  'identity.oauth_accounts.sealed_refresh_token',
  'identity.push_subscriptions.sealed_auth',
  'notification.deliveries.sealed_payload',
]
