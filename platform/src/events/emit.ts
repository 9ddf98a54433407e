import { sql } from 'kysely'
import type { SystemTransaction, TenantTransaction } from '../db/open-database.ts'
import { carriedTrace } from '../observe/trace-context.ts'
import type { Event } from './event.ts'

/** An event that is to be told: its source is the service whose transaction it is. */
export interface NewEvent extends Pick<Event, 'type' | 'tenantId' | 'subject'> {
  readonly data?: Event['data']
  /** Of the request that caused it; that of the work it is told in, unless it is said. */
  readonly trace?: string
}

/**
 * Tells everybody who wants to know, if and only if the transaction commits. A tenant's transaction speaks for its own
 * tenant, and each service for itself: PostgreSQL refuses the rest. Gives the event's id.
 */
export async function emit<Tables>(
  transaction: TenantTransaction<Tables> | SystemTransaction<Tables>,
  { type, tenantId, subject, data = {}, trace }: NewEvent,
): Promise<string> {
  const { rows } = await sql<{ id: string }>`select platform.emit(
    ${type}, ${tenantId}::uuid, ${subject}, ${JSON.stringify(data)}::jsonb, ${trace ?? carriedTrace() ?? null}
  ) as id`.execute(transaction)
  return rows[0]!.id
}
