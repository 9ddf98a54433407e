import type { MediaInfo } from '@flatrender/contracts/engine'
import type { SystemTransaction } from '@flatrender/platform/db'
import { sql } from 'kysely'
import { readKeptFailure } from '../renders/describe-fault.ts'
import type { AnyTransaction, Tables } from '../tables.ts'
import type { MediaFile } from './media-file.ts'

/** What is known of a file. */
export type Probe =
  | { readonly state: 'pending' }
  | { readonly state: 'known'; readonly info: MediaInfo }
  | { readonly state: 'failed'; readonly code: string; readonly data: Readonly<Record<string, unknown>> }

/** Seconds after which a file is looked at again that failed for a passing reason, or one that nobody knows here. */
const REST_SECONDS = 60

interface ProbeRow {
  readonly tenant_id: string
  readonly hash: string
  readonly state: Probe['state']
  readonly info: MediaInfo | null
  readonly failure: {
    readonly code: string
    readonly data: Record<string, unknown>
    readonly retryable: boolean
  } | null
  readonly rested: boolean
}

/** Names a file's probe in a map. */
export function probeKey({ tenantId, hash }: Pick<MediaFile, 'tenantId' | 'hash'>): string {
  return `${tenantId} ${hash}`
}

/** What is known of files, by `probeKey`; nothing of those that nobody looked at yet, or that are to be looked at again. */
export async function findProbes(
  transaction: AnyTransaction,
  files: readonly Pick<MediaFile, 'tenantId' | 'hash'>[],
): Promise<Map<string, Probe>> {
  const { rows } = await sql<ProbeRow>`
    select tenant_id, encode(hash, 'hex') as hash, state, info, failure,
      coalesce(finished_at < now() - make_interval(secs => ${REST_SECONDS}), false) as rested from render.probes
    where (tenant_id, hash) in (
      select wanted.tenant_id, decode(wanted.hash, 'hex') from unnest(
        ${files.map(({ tenantId }) => tenantId)}::uuid[], ${files.map(({ hash }) => hash)}::text[]
      ) as wanted (tenant_id, hash)
    )`.execute(transaction)
  return new Map(
    rows
      .filter((row) => !isForAgain(row))
      .map((row) => [probeKey({ tenantId: row.tenant_id, hash: row.hash }), describeProbe(row)]),
  )
}

/** Forgets that a file could not be looked at, if that is a while ago: then a node is asked anew. */
export async function forgetFailedProbe(
  transaction: SystemTransaction<Tables>,
  { tenantId, hash }: Pick<MediaFile, 'tenantId' | 'hash'>,
): Promise<void> {
  await sql`delete from render.probes where tenant_id = ${tenantId} and hash = decode(${hash}, 'hex')
    and state = 'failed' and finished_at < now() - make_interval(secs => ${REST_SECONDS})`.execute(
    transaction,
  )
}

function isForAgain({ failure, rested }: ProbeRow): boolean {
  if (failure === null || !rested) return false
  return failure.retryable || readKeptFailure(failure.code, failure.data) === undefined
}

function describeProbe({ state, info, failure }: ProbeRow): Probe {
  if (state === 'known') return { state, info: info! }
  if (state === 'failed') return { state, ...failure! }
  return { state }
}
