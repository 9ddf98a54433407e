import type { Outcome } from '../frame-jobs/outcome.ts'
import { endPicture, unpinRequests } from './snapshots-system-store.ts'

/** What follows from the end of painting a picture: it is there for all who asked for it, or they hear why not. */
export const takeSnapshots: Outcome = async (_render, transaction, ended) => {
  for (const job of ended) {
    const { outcome, tenantId, nodeId } = job
    const picture =
      outcome.state === 'verified' && outcome.result.kind === 'snapshot'
        ? await endPicture(transaction, job, {
            state: 'ready',
            bytes: String(outcome.result.bytes),
            hash: Buffer.from(outcome.result.hash, 'hex'),
          })
        : await endPicture(transaction, job, {
            state: 'failed',
            failure_code: outcome.state === 'failed' ? outcome.failure.code : 'RENDER_CANCELLED',
            failure_data: outcome.state === 'failed' ? { ...outcome.failure.data, node: nodeId ?? '' } : {},
          })
    if (picture !== undefined) await unpinRequests(transaction, { tenantId, snapshotId: picture.id })
  }
}
