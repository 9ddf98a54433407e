import { FlatRenderError } from '@flatrender/contracts/errors'
import type { TenantTransaction } from '@flatrender/platform/db'
import { sql } from 'kysely'
import type { Tables } from '../tables.ts'
import {
  FORGIVEN,
  freeFailures,
  HALVED_AFTER,
  hashThrottle,
  type ThrottleKind,
  waitAfter,
} from './throttle.ts'

/** Somebody tries a password. */
export interface Attempt {
  readonly tenantId: string
  readonly email: string
  /** Of the client; those that tell none count as one. */
  readonly address: string | null
  /** Whose password it would be; null where the e-mail address is nobody's. */
  readonly userId: string | null
}

/** Where an attempt comes from. */
interface Origin {
  readonly network: string
  readonly known: boolean
  readonly recent: boolean
}

/** Every transaction takes the rows in this order, so none waits for another in a circle. */
const kinds: readonly ThrottleKind[] = ['account', 'address', 'pair']

/**
 * Counts an attempt as failed, before it is judged: of many at once only as many get through as of many in a row.
 * Errors: LOGIN_THROTTLED, which is to undo the transaction, for what isn't heard doesn't count.
 */
export async function countAttempt(transaction: TenantTransaction<Tables>, attempt: Attempt): Promise<void> {
  const { network, known } = await describeOrigin(transaction, attempt)
  const { tenantId, email } = attempt
  const counts = []
  for (const kind of kinds) {
    const hash = hashThrottle(kind, email, network)
    const count = await addFailure(transaction, tenantId, kind, hash)
    counts.push({ ...count, kind, hash })
  }
  // Who has logged in from there isn't held off by what others fail, neither at the account nor at the address.
  const waits = counts.filter(({ kind }) => kind === 'pair' || !known).map(({ wait }) => wait)
  const seconds = Math.ceil(Math.max(...waits))
  if (seconds > 0) throw new FlatRenderError('LOGIN_THROTTLED', { seconds })
  for (const { kind, hash, failures } of counts) {
    const wait = waitAfter(kind, failures)
    if (wait === 0) continue
    await transaction
      .updateTable('identity.login_throttles')
      .set({ next_attempt_at: sql`clock_timestamp() + make_interval(secs => ${wait})` })
      .where('tenant_id', '=', tenantId)
      .where('kind', '=', kind)
      .where('hash', '=', hash)
      .execute()
  }
}

/**
 * Takes a counted attempt back: it was right. The pair begins anew; what others failed at the account stays counted. Of the
 * address's failures some are forgiven too, for people are there; a user does that once while a failure counts in full,
 * or a guesser would log in between guesses.
 */
export async function forgiveAttempt(
  transaction: TenantTransaction<Tables>,
  attempt: Attempt,
): Promise<void> {
  const { network, recent } = await describeOrigin(transaction, attempt)
  const { tenantId, email } = attempt
  for (const kind of kinds) {
    const hash = hashThrottle(kind, email, network)
    const taken = kind === 'address' && !recent ? 1 + FORGIVEN : 1
    await removeThrottle(transaction, tenantId, kind, hash, kind === 'pair' ? undefined : taken)
    await sql`update identity.login_throttles
      set failures = greatest(failures - ${taken}::int, 1),
        next_attempt_at = case when round(failures) - ${taken}::int >= ${freeFailures[kind]}::int then next_attempt_at end
      where tenant_id = ${tenantId} and kind = ${kind} and hash = ${hash}`.execute(transaction)
  }
}

/** Forgets what an account's failures hold off: its owner has come by mail. */
export async function forgiveAccount(
  transaction: TenantTransaction<Tables>,
  { tenantId, email }: { tenantId: string; email: string },
): Promise<void> {
  await removeThrottle(transaction, tenantId, 'account', hashThrottle('account', email, ''))
}

async function addFailure(
  transaction: TenantTransaction<Tables>,
  tenantId: string,
  kind: ThrottleKind,
  hash: Buffer,
): Promise<{ failures: number; wait: number }> {
  // Holds the row until the end: whoever tries at the same moment waits here. Time forgives, also while failures go on.
  const { rows } = await sql<{ failures: number; wait: number }>`
    insert into identity.login_throttles as known (tenant_id, kind, hash) values (${tenantId}, ${kind}, ${hash})
    on conflict (tenant_id, kind, hash) do update
      set failures = 1 + known.failures * 0.5 ^ greatest(
          extract(epoch from now() - known.failed_at)::float8 / ${HALVED_AFTER}::int, 0
        ),
        failed_at = greatest(known.failed_at, now())
    returning round(failures)::int as failures,
      coalesce(greatest(extract(epoch from next_attempt_at - clock_timestamp()), 0), 0)::float8 as wait`.execute(
    transaction,
  )
  return rows[0]!
}

/** The network that stands for an address (of IPv6 a /64: one customer's), and whether the user logged in from it: ever, and lately. */
async function describeOrigin(
  transaction: TenantTransaction<Tables>,
  { tenantId, address, userId }: Attempt,
): Promise<Origin> {
  if (address === null) return { network: '', known: false, recent: false }
  const { rows } = await sql<Origin>`
    select origin.network::text as network, login.newest is not null as known,
      coalesce(login.newest > now() - make_interval(secs => ${HALVED_AFTER}), false) as recent
    from (
      select network(set_masklen(asked, case family(asked) when 4 then 32 else 64 end)) as network
      from (select ${address}::inet as asked) as given
    ) as origin,
    lateral (
      select max(created_at) as newest from identity.sessions
      where tenant_id = ${tenantId} and user_id = ${userId} and address <<= origin.network
    ) as login`.execute(transaction)
  return rows[0]!
}

async function removeThrottle(
  transaction: TenantTransaction<Tables>,
  tenantId: string,
  kind: ThrottleKind,
  hash: Buffer,
  failures?: number,
): Promise<void> {
  await transaction
    .deleteFrom('identity.login_throttles')
    .where('tenant_id', '=', tenantId)
    .where('kind', '=', kind)
    .where('hash', '=', hash)
    .$if(failures !== undefined, (query) => query.where('failures', '<=', failures!))
    .execute()
}
