import type { SnapshotView } from '@flatrender/contracts/render'
import type { Storage } from '@flatrender/platform/storage'
import { describeKeptFault } from '../renders/describe-fault.ts'
import type { AskedSnapshot } from './snapshot-requests-store.ts'

/** Seconds for which an address opens a picture. */
const GOOD_FOR = 3600

/** A snapshot as who asked for it sees it, with an address that opens it for a while. Errors: STORAGE_UNREACHABLE. */
export async function describeSnapshot(
  storage: Storage,
  { row, picture }: AskedSnapshot,
): Promise<SnapshotView> {
  const ready = picture?.state === 'ready' ? picture : undefined
  // Counted from before it is signed: it never says more than holds.
  const urlExpiresAt = new Date(Date.now() + GOOD_FOR * 1000).toISOString()
  const filename = `flatrender-${row.id}.${row.format}`
  const signed = { method: 'get', expiresIn: GOOD_FOR, filename } as const
  const failed = [row, picture].find((one) => one?.state === 'failed')
  return {
    id: row.id,
    state: ready ? 'ready' : failed ? 'failed' : row.state === 'preparing' ? 'preparing' : 'painting',
    width: row.width,
    height: row.height,
    type: row.format,
    bytes: ready ? Number(ready.bytes) : null,
    sha256: ready?.hash?.toString('hex') ?? null,
    url: ready ? await storage.sign(ready.object_key!, signed) : null,
    urlExpiresAt: ready ? urlExpiresAt : null,
    failure: failed ? describeKeptFault(failed.failure_code!, failed.failure_data ?? {}) : null,
    createdAt: row.created_at.toISOString(),
  }
}
