/**
 * Every column in which a service seals something, and the columns of its row that the secret is bound to. In JSON, each field
 * whose name begins with `sealed` holds it in base64. Nothing is sealed elsewhere: `seal` takes no other place, and
 * `rotate-key` looks through all columns for what it has missed.
 */
export const sealedPlaces = {
  'identity.signing_keys.sealed_private_key': ['kid'],
  'identity.mfa_factors.sealed_secret': ['user_id'],
  'identity.oauth_providers.sealed_client_secret': ['tenant_id', 'key', 'issuer'],
  'identity.oauth_logins.sealed_secrets': ['state_hash'],
  'identity.tenant_webhooks.sealed_secret': ['id'],
  'identity.user_tokens.data': ['user_id'],
  'notification.deliveries.sealed_recipient': ['event_id'],
  'platform.events.data': ['subject'],
  'platform.idempotency_keys.answer': ['tenant_id', 'service', 'actor_id', 'procedure', 'key'],
  // A job's task and the `id` of its payload: it has no column of its own for them.
  'graphile_worker._private_jobs.payload': ['task', 'id'],
} as const satisfies Readonly<Record<`${string}.${string}.${string}`, readonly string[]>>

/** A column that holds what is sealed. */
export type SealedColumn = keyof typeof sealedPlaces

declare const named: unique symbol
/** What something sealed is bound to: a column, and a row of it. */
export type SealedPlace = string & { readonly [named]: true }

/** The place of a row in a column; bytes are written in hexadecimal. */
export function placeOf<Column extends SealedColumn>(
  column: Column,
  row: { readonly [Name in (typeof sealedPlaces)[Column][number]]: string | Uint8Array },
): SealedPlace {
  const values = sealedPlaces[column].map((name) => write((row as Readonly<Record<string, unknown>>)[name]))
  return `${column}:${JSON.stringify(values)}` as SealedPlace
}

function write(value: unknown): string {
  if (!(value instanceof Uint8Array)) return String(value)
  return Array.from(value, (byte) => byte.toString(16).padStart(2, '0')).join('')
}
