import { createHmac, randomBytes } from 'node:crypto'
import type { Call } from '@flatrender/contracts/call'
import { FlatRenderError } from '@flatrender/contracts/errors'
import { placeOf } from '@flatrender/contracts/secrets'
import { sql } from 'kysely'
import type { SystemTransaction, TenantTransaction } from '../db/open-database.ts'
import { type SecretKeys, seal, unseal } from '../secrets/seal.ts'

/** A request that creates something. */
export interface OnceRequest {
  readonly call: Call
  /** Of the service whose transaction it is. */
  readonly service: string
  /** Such as `keys.create`. */
  readonly procedure: string
  readonly input: unknown
  /** Answers are kept sealed: they may hold what is shown once. */
  readonly secretKeys: SecretKeys
}

/**
 * Does a request's work once, however often it is sent: with an `Idempotency-Key` the first answer is kept for 24 hours, in
 * the transaction of the work itself, and given again. Without one, or for a visitor, the work is simply done.
 * Errors: REQUEST_KEY_REUSED for another input, REQUEST_UNDER_WAY while the first is not done yet; those of the work.
 */
export async function answerOnce<Tables, Answer>(
  transaction: TenantTransaction<Tables> | SystemTransaction<Tables>,
  request: OnceRequest,
  work: () => Promise<Answer>,
): Promise<Answer> {
  const { call, service, procedure, input, secretKeys } = request
  const { id: actorId, tenantId } = call.actor
  const { idempotencyKey: key } = call
  if (key === null || actorId === null) return work()
  const place = placeOf('platform.idempotency_keys.answer', {
    tenant_id: tenantId,
    service,
    actor_id: actorId,
    procedure,
    key,
  })
  const locked = await sql<{ mine: boolean }>`
    select pg_try_advisory_xact_lock(hashtextextended(${place}, 0)) as mine`.execute(transaction)
  if (locked.rows[0]?.mine !== true) throw new FlatRenderError('REQUEST_UNDER_WAY')
  const known = await sql<{ request_hash: Buffer; answer: { sealed: string } }>`
    select request_hash, answer from platform.idempotency_keys
    where tenant_id = ${tenantId} and service = ${service} and actor_id = ${actorId}
      and procedure = ${procedure} and key = ${key} and expires_at > now()`.execute(transaction)
  const [first] = known.rows
  if (first !== undefined) {
    const opened = unseal(secretKeys, place, Buffer.from(first.answer.sealed, 'base64')).toString()
    const { hashKey, answer } = JSON.parse(opened) as Kept<Answer>
    if (!first.request_hash.equals(hashInput(hashKey, input))) throw new FlatRenderError('REQUEST_KEY_REUSED')
    return answer
  }
  const answer = await work()
  const opened: Kept<Answer> = { hashKey: randomBytes(32).toString('base64'), answer }
  const hash = hashInput(opened.hashKey, input)
  const kept = { sealed: seal(secretKeys, place, JSON.stringify(opened)).toString('base64') }
  await sql`
    insert into platform.idempotency_keys
      (tenant_id, service, actor_id, procedure, key, request_hash, status, answer)
    values (${tenantId}, ${service}, ${actorId}, ${procedure}, ${key}, ${hash}, 200, ${JSON.stringify(kept)}::jsonb)
    on conflict (tenant_id, service, actor_id, procedure, key) do update
      set request_hash = excluded.request_hash, status = excluded.status, answer = excluded.answer,
        created_at = now(), expires_at = now() + interval '24 hours'`.execute(transaction)
  return answer
}

/** What is sealed: the answer, and the key of the request's hash. It stays the same when the secret key is changed. */
interface Kept<Answer> {
  readonly hashKey: string
  readonly answer: Answer
}

/** Bodies may hold passwords: without the key nobody can try them against this. */
function hashInput(hashKey: string, input: unknown): Buffer {
  return createHmac('sha256', Buffer.from(hashKey, 'base64')).update(canonical(input)).digest()
}

/** JSON with the fields of every object in one order: who sends the same fields otherwise sends the same. */
function canonical(value: unknown): string {
  return JSON.stringify(value, (_name, part: unknown) =>
    typeof part === 'object' && part !== null && !Array.isArray(part)
      ? Object.fromEntries(Object.entries(part).toSorted(([a], [b]) => (a < b ? -1 : 1)))
      : part,
  )
}
