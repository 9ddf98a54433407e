import { createHmac, randomBytes } from 'node:crypto'
import { placeOf } from '@flatrender/contracts/secrets'
import { type SecretKeys, seal, unseal } from '@flatrender/platform/secrets'

/** A new secret as Standard Webhooks writes it: 32 random bytes. */
export function makeWebhookSecret(): string {
  return `whsec_${randomBytes(32).toString('base64')}`
}

/** Seals a webhook's secret. */
export function sealWebhookSecret(keys: SecretKeys, webhookId: string, secret: string): Buffer {
  return seal(keys, placeOfSecret(webhookId), secret)
}

/** Opens a webhook's secret. Errors: SECRET_UNREADABLE. */
export function unsealWebhookSecret(keys: SecretKeys, webhookId: string, sealed: Buffer): string {
  return unseal(keys, placeOfSecret(webhookId), sealed).toString()
}

/** What a request says of itself, in the headers of Standard Webhooks; `at` is in seconds. */
export function signWebhook(
  secret: string,
  { id, at, body }: { id: string; at: number; body: string },
): Record<'webhook-id' | 'webhook-timestamp' | 'webhook-signature', string> {
  const key = Buffer.from(secret.replace(/^whsec_/, ''), 'base64')
  const signature = createHmac('sha256', key).update(`${id}.${at}.${body}`).digest('base64')
  return { 'webhook-id': id, 'webhook-timestamp': String(at), 'webhook-signature': `v1,${signature}` }
}

function placeOfSecret(id: string) {
  return placeOf('identity.tenant_webhooks.sealed_secret', { id })
}
