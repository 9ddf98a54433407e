import type { SystemTransaction } from '@flatrender/platform/db'
import { type SecretKeys, unseal } from '@flatrender/platform/secrets'
import { type CryptoKey, importJWK } from 'jose'
import { sql } from 'kysely'
import type { Tables } from '../tables.ts'
import { makeSigningKey, placeOfKey } from './make-signing-key.ts'

/** Days that a key signs. */
const ROTATION_DAYS = 30
/** Hours that a key is shown after it signed last: longer than any token that it signed. */
const SHOWN_HOURS = 1

/** A key that signs. */
export interface SigningKey {
  readonly kid: string
  readonly privateKey: CryptoKey | Uint8Array
}

/** The key that signs now; makes the first. Many processes may ask at once: all get the same. Errors: SECRET_UNREADABLE. */
export async function openActiveKey(
  transaction: SystemTransaction<Tables>,
  secretKeys: SecretKeys,
): Promise<SigningKey> {
  const known = await findActiveKey(transaction)
  if (known === undefined) await ensureKeys(transaction, secretKeys)
  const { kid, sealed_private_key } = known ?? (await findActiveKey(transaction))!
  const jwk = JSON.parse(unseal(secretKeys, placeOfKey(kid), sealed_private_key!).toString())
  return { kid, privateKey: await importJWK(jwk, 'EdDSA') }
}

/** Sees to it that there is a key that signs, and the next one beside it. */
async function ensureKeys(transaction: SystemTransaction<Tables>, secretKeys: SecretKeys): Promise<void> {
  await takeKeyTurn(transaction)
  const rows = await transaction
    .selectFrom('identity.signing_keys')
    .select('state')
    .where('state', '<>', 'retired')
    .execute()
  const there = new Set(rows.map(({ state }) => state))
  if (!there.has('active')) await insertKey(transaction, secretKeys, 'active')
  if (!there.has('next')) await insertKey(transaction, secretKeys, 'next')
}

/** Lets the next key sign if it is time, and publishes the one after it. Says whether it was time. */
export async function rotateKeys(
  transaction: SystemTransaction<Tables>,
  secretKeys: SecretKeys,
): Promise<boolean> {
  await ensureKeys(transaction, secretKeys)
  const due = await transaction
    .selectFrom('identity.signing_keys')
    .select('kid')
    .where('state', '=', 'next')
    .where('not_before_at', '<=', sql<Date>`now()`)
    .executeTakeFirst()
  if (due === undefined) return false
  await transaction
    .updateTable('identity.signing_keys')
    .set({ state: 'retired', retired_at: sql<Date>`now()`, sealed_private_key: null })
    .where('state', '=', 'active')
    .execute()
  await transaction
    .updateTable('identity.signing_keys')
    .set({ state: 'active' })
    .where('kid', '=', due.kid)
    .execute()
  await insertKey(transaction, secretKeys, 'next')
  return true
}

/** The public halves of the keys by which tokens may be signed: now, next, and lately. */
export async function findPublicKeys(
  transaction: SystemTransaction<Tables>,
): Promise<Record<string, unknown>[]> {
  const rows = await transaction
    .selectFrom('identity.signing_keys')
    .select('public_jwk')
    .where((row) =>
      row.or([
        row('state', '<>', 'retired'),
        row('retired_at', '>', sql<Date>`now() - make_interval(hours => ${SHOWN_HOURS})`),
      ]),
    )
    .orderBy('not_before_at')
    .execute()
  return rows.map(({ public_jwk }) => public_jwk)
}

async function findActiveKey(transaction: SystemTransaction<Tables>) {
  return transaction
    .selectFrom('identity.signing_keys')
    .select(['kid', 'sealed_private_key'])
    .where('state', '=', 'active')
    .executeTakeFirst()
}

async function insertKey(
  transaction: SystemTransaction<Tables>,
  secretKeys: SecretKeys,
  state: 'active' | 'next',
): Promise<void> {
  const days = state === 'next' ? ROTATION_DAYS : 0
  await transaction
    .insertInto('identity.signing_keys')
    .values({
      ...(await makeSigningKey(secretKeys)),
      state,
      not_before_at: sql<Date>`now() + make_interval(days => ${days})`,
    })
    .execute()
}

/** One process at a time makes or changes keys; the lock goes with the transaction. */
async function takeKeyTurn(transaction: SystemTransaction<Tables>): Promise<void> {
  await sql`select pg_advisory_xact_lock(hashtextextended('identity.signing_keys', 0))`.execute(transaction)
}
