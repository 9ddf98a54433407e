import assert from 'node:assert/strict'
import { readdir, readFile } from 'node:fs/promises'
import path from 'node:path'
import { test } from 'node:test'

/** Files of the service, without its tests, in which some words stand. */
async function findFiles(words: RegExp): Promise<string[]> {
  const names = await readdir(import.meta.dirname, { recursive: true })
  const sources = names.filter((name) => /(?<![.]test)[.]ts$/.test(name) && !name.startsWith('testbed'))
  const texts = await Promise.all(
    sources.map((name) => readFile(path.join(import.meta.dirname, name), 'utf8')),
  )
  return sources.filter((_, index) => words.test(texts[index]!)).sort()
}

test('what sees every tenant’s rows lives in files that say so', async () => {
  const files = await findFiles(/transaction: SystemTransaction/)
  assert.ok(files.every((file) => file.endsWith('-system-store.ts')))
  assert.deepEqual(files, [
    'access/access-system-store.ts',
    'access/missing-system-store.ts',
    'access/requests-system-store.ts',
    'acting/acting-system-store.ts',
    'branding/branding-system-store.ts',
    'credits/credits-system-store.ts',
    'personal/logs-system-store.ts',
    'request-log/request-log-system-store.ts',
    'sessions/sessions-system-store.ts',
    'signing-keys/signing-keys-system-store.ts',
    'tenants/tenants-system-store.ts',
    'usage/usage-system-store.ts',
    'webhooks/webhooks-system-store.ts',
  ])
})

test('and these alone go through that door: what has no tenant, or writes the tree of tenants', async () => {
  assert.deepEqual(await findFiles(/system\.transact\(/), [
    'access/list-missing.ts',
    'access/list-public-keys.ts',
    'access/list-revocations.ts',
    'access/record-requests.ts',
    'access/resolve-key.ts',
    'access/resolve-tenant.ts',
    'acting/act-in-tenant.ts',
    'acting/resolve-acting.ts',
    'auth/forgot-password.ts',
    'auth/register.ts',
    'branding/prove-domains-again.ts',
    'credits/grant-credits.ts',
    'credits/release-expired-reservations.ts',
    'invitations/accept-invitation.ts',
    'oauth/begin-trip.ts',
    'personal/forget-addresses.ts',
    'request-log/keep-months.ts',
    'sessions/issue-tokens.ts',
    'sessions/remove-expired.ts',
    'signing-keys/rotate-signing-keys.ts',
    'tenants/change-tenant-state.ts',
    'tenants/create-owner.ts',
    'tenants/create-tenant.ts',
    'usage/show-usage-of.ts',
    'webhooks/deliver-webhooks.ts',
    'webhooks/make-try.ts',
    'webhooks/remove-old-deliveries.ts',
    'webhooks/wake-deliveries.ts',
  ])
})
