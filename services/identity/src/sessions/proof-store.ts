import { sql } from 'kysely'
import type { AnyTransaction, LoginMethod } from '../tables.ts'

/** Minutes after which dangerous acts ask again. */
const PROVEN_MINUTES = 15

/** Names a session. */
interface SessionName {
  readonly tenantId: string
  readonly sessionId: string
}

/** Is a session open, and was it proven lately? */
export async function isSessionProven(
  transaction: AnyTransaction,
  { tenantId, sessionId }: SessionName,
): Promise<boolean> {
  const row = await transaction
    .selectFrom('identity.sessions')
    .select('id')
    .where('tenant_id', '=', tenantId)
    .where('id', '=', sessionId)
    .where('revoked_at', 'is', null)
    .where('proven_at', '>', sql<Date>`now() - make_interval(mins => ${PROVEN_MINUTES})`)
    .executeTakeFirst()
  return row !== undefined
}

/** Is a session open? */
export async function isSessionOpen(
  transaction: AnyTransaction,
  { tenantId, sessionId }: SessionName,
): Promise<boolean> {
  const row = await transaction
    .selectFrom('identity.sessions')
    .select('id')
    .where('tenant_id', '=', tenantId)
    .where('id', '=', sessionId)
    .where('revoked_at', 'is', null)
    .where('expires_at', '>', sql<Date>`now()`)
    .executeTakeFirst()
  return row !== undefined
}

/** A session was just proven again; says until when that holds. Undefined for one that has ended. */
export async function renewProof(
  transaction: AnyTransaction,
  { tenantId, sessionId }: SessionName,
  method: LoginMethod,
): Promise<Date | undefined> {
  const row = await transaction
    .updateTable('identity.sessions')
    .set({
      proven_at: sql<Date>`now()`,
      methods: sql<LoginMethod[]>`case when ${method} = any (methods) then methods
        else array_append(methods, ${method}::text) end`,
    })
    .where('tenant_id', '=', tenantId)
    .where('id', '=', sessionId)
    .where('revoked_at', 'is', null)
    .returning(sql<Date>`proven_at + make_interval(mins => ${PROVEN_MINUTES})`.as('until'))
    .executeTakeFirst()
  return row?.until
}
