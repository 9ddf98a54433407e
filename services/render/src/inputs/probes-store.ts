import type { MediaInfo } from '@flatrender/contracts/engine'
import { sql } from 'kysely'
import type { AnyTransaction } from '../tables.ts'
import type { MediaFile } from './media-file.ts'

/** What is known of a file. */
export type Probe =
  | { readonly state: 'pending' }
  | { readonly state: 'known'; readonly info: MediaInfo }
  | { readonly state: 'failed'; readonly code: string; readonly data: Readonly<Record<string, unknown>> }

interface ProbeRow {
  readonly tenant_id: string
  readonly hash: string
  readonly state: Probe['state']
  readonly info: MediaInfo | null
  readonly failure: { readonly code: string; readonly data: Record<string, unknown> } | null
}

/** Names a file's probe in a map. */
export function probeKey({ tenantId, hash }: Pick<MediaFile, 'tenantId' | 'hash'>): string {
  return `${tenantId} ${hash}`
}

/** What is known of files, by `probeKey`; of those that nobody looked at yet nothing. */
export async function findProbes(
  transaction: AnyTransaction,
  files: readonly Pick<MediaFile, 'tenantId' | 'hash'>[],
): Promise<Map<string, Probe>> {
  const { rows } = await sql<ProbeRow>`
    select tenant_id, encode(hash, 'hex') as hash, state, info, failure from render.probes
    where (tenant_id, hash) in (
      select wanted.tenant_id, decode(wanted.hash, 'hex') from unnest(
        ${files.map(({ tenantId }) => tenantId)}::uuid[], ${files.map(({ hash }) => hash)}::text[]
      ) as wanted (tenant_id, hash)
    )`.execute(transaction)
  return new Map(
    rows.map((row) => [probeKey({ tenantId: row.tenant_id, hash: row.hash }), describeProbe(row)]),
  )
}

function describeProbe({ state, info, failure }: ProbeRow): Probe {
  if (state === 'known') return { state, info: info! }
  if (state === 'failed') return { state, ...failure! }
  return { state }
}
