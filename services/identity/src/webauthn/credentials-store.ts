import { type Selectable, sql } from 'kysely'
import { type FactorRow, factorColumns } from '../factors/factors-store.ts'
import type { AnyTransaction, Tables } from '../tables.ts'
import type { UserName } from '../users/users-store.ts'

/** An authenticator that is set up. */
export interface Credential {
  readonly factorId: string
  /** The authenticator's name for it, in base64url. */
  readonly id: string
  /** COSE. */
  readonly publicKey: Uint8Array<ArrayBuffer>
  readonly signCount: number
  readonly transports: string[]
}

/** Adds an authenticator, which counts at once; undefined where the tenant knows it already. */
export async function insertCredential(
  transaction: AnyTransaction,
  { tenantId, userId }: UserName,
  credential: Omit<Credential, 'factorId'> & { name: string },
): Promise<FactorRow | undefined> {
  return transaction
    .insertInto('identity.mfa_factors')
    .values({
      tenant_id: tenantId,
      user_id: userId,
      kind: 'webauthn',
      name: credential.name,
      credential_id: Buffer.from(credential.id, 'base64url'),
      public_key: Buffer.from(credential.publicKey),
      sign_count: String(credential.signCount),
      transports: credential.transports,
      verified_at: sql<Date>`now()`,
    })
    .onConflict((conflict) => conflict.columns(['tenant_id', 'credential_id']).doNothing())
    .returning(factorColumns)
    .executeTakeFirst()
}

/** The authenticators of a user. */
export async function findCredentials(
  transaction: AnyTransaction,
  { tenantId, userId }: UserName,
): Promise<Credential[]> {
  const rows = await transaction
    .selectFrom('identity.mfa_factors')
    .select(['id', 'credential_id', 'public_key', 'sign_count', 'transports'])
    .where('tenant_id', '=', tenantId)
    .where('user_id', '=', userId)
    .where('kind', '=', 'webauthn')
    .orderBy('created_at')
    .execute()
  return rows.map(toCredential)
}

type CredentialRow = Pick<
  Selectable<Tables['identity.mfa_factors']>,
  'id' | 'credential_id' | 'public_key' | 'sign_count' | 'transports'
>

// Of this kind the four are never null: the table says so.
function toCredential({ id, credential_id, public_key, sign_count, transports }: CredentialRow): Credential {
  return {
    factorId: id,
    id: credential_id!.toString('base64url'),
    publicKey: new Uint8Array(public_key!),
    signCount: Number(sign_count),
    transports: transports!,
  }
}

/** An authenticator answered, and has counted so far. */
export async function updateSignCount(
  transaction: AnyTransaction,
  { tenantId, factorId, signCount }: { tenantId: string; factorId: string; signCount: number },
): Promise<void> {
  await transaction
    .updateTable('identity.mfa_factors')
    .set({ sign_count: String(signCount), last_used_at: sql<Date>`now()` })
    .where('tenant_id', '=', tenantId)
    .where('id', '=', factorId)
    .execute()
}
