import { type Selectable, sql } from 'kysely'
import type { AnyTransaction, Tables } from '../tables.ts'

const columns = [
  'id',
  'email',
  'email_verified_at',
  'password_hash',
  'name',
  'language',
  'state',
  'created_at',
] as const

/** A user's row. */
export type UserRow = Pick<Selectable<Tables['identity.users']>, (typeof columns)[number]>

/** Names a user. */
export interface UserName {
  readonly tenantId: string
  readonly userId: string
}

/** A user by id. `lock` holds the row until the end of the transaction. */
export async function findUser(
  transaction: AnyTransaction,
  { tenantId, userId }: UserName,
  { lock = false } = {},
): Promise<UserRow | undefined> {
  return transaction
    .selectFrom('identity.users')
    .select(columns)
    .where('tenant_id', '=', tenantId)
    .where('id', '=', userId)
    .$if(lock, (query) => query.forUpdate())
    .executeTakeFirst()
}

/** A user by e-mail address, whose case doesn't matter. */
export async function findUserByEmail(
  transaction: AnyTransaction,
  tenantId: string,
  email: string,
): Promise<UserRow | undefined> {
  return transaction
    .selectFrom('identity.users')
    .select(columns)
    .where('tenant_id', '=', tenantId)
    .where('email', '=', email)
    .executeTakeFirst()
}

/** Adds a user who has proven nothing yet; gives its id, or undefined where the address is taken. */
export async function insertUser(
  transaction: AnyTransaction,
  user: { tenantId: string; email: string; name: string; language: string },
): Promise<string | undefined> {
  const row = await transaction
    .insertInto('identity.users')
    .values({ tenant_id: user.tenantId, email: user.email, name: user.name, language: user.language })
    .onConflict((conflict) => conflict.columns(['tenant_id', 'email']).doNothing())
    .returning('id')
    .executeTakeFirst()
  return row?.id
}

/** Adds a user for whom somebody vouches, or lets one who has the address begin anew; gives its id. */
export async function insertVouchedUser(
  transaction: AnyTransaction,
  user: { tenantId: string; email: string; name: string; language?: string; passwordHash: string },
): Promise<string> {
  const row = await transaction
    .insertInto('identity.users')
    .values({
      tenant_id: user.tenantId,
      email: user.email,
      name: user.name,
      ...(user.language !== undefined && { language: user.language }),
      password_hash: user.passwordHash,
      password_changed_at: sql<Date>`now()`,
      email_verified_at: sql<Date>`now()`,
    })
    .onConflict((conflict) =>
      conflict.columns(['tenant_id', 'email']).doUpdateSet((row) => ({
        name: row.ref('excluded.name'),
        password_hash: row.ref('excluded.password_hash'),
        password_changed_at: row.ref('excluded.password_changed_at'),
        email_verified_at: row.ref('excluded.email_verified_at'),
      })),
    )
    .returning('id')
    .executeTakeFirstOrThrow()
  return row.id
}

/** What of a user may change; what is absent stays. */
export interface UserChange {
  readonly name?: string | undefined
  readonly language?: string | undefined
  readonly passwordHash?: string
  /** The e-mail address is proven from now on, if it wasn't before. */
  readonly verified?: boolean
  readonly loggedIn?: boolean
}

/** Changes what is given of a user. */
export async function updateUser(
  transaction: AnyTransaction,
  { tenantId, userId }: UserName,
  change: UserChange,
): Promise<UserRow> {
  const { name, language, passwordHash, verified, loggedIn } = change
  const now = sql<Date>`now()`
  return transaction
    .updateTable('identity.users')
    .set({
      // Always something to set; the trigger would do it too.
      updated_at: now,
      ...(name !== undefined && { name }),
      ...(language !== undefined && { language }),
      ...(passwordHash !== undefined && { password_hash: passwordHash, password_changed_at: now }),
      ...(verified && { email_verified_at: sql<Date>`coalesce(email_verified_at, now())` }),
      ...(loggedIn && { last_login_at: now }),
    })
    .where('tenant_id', '=', tenantId)
    .where('id', '=', userId)
    .returning(columns)
    .executeTakeFirstOrThrow()
}

/** Empties a user's row: deleted, it stays for what points to it, and its address is free again. */
export async function emptyUser(transaction: AnyTransaction, { tenantId, userId }: UserName): Promise<void> {
  await transaction
    .updateTable('identity.users')
    .set({
      state: 'deleted',
      deleted_at: sql<Date>`now()`,
      email: null,
      email_verified_at: null,
      password_hash: null,
      password_changed_at: null,
      requires_mfa: false,
      name: '',
      avatar_file_id: null,
      language: sql<string>`default`,
      time_zone: sql<string>`default`,
      suspended_at: null,
      suspended_reason: null,
      last_login_at: null,
    })
    .where('tenant_id', '=', tenantId)
    .where('id', '=', userId)
    .execute()
}
