import type { Outcome } from '../frame-jobs/outcome.ts'
import { planLater } from '../plans/plan-later.ts'
import { findPreparingWith } from '../renders/renders-system-store.ts'
import { endProbe } from './end-probe-system-store.ts'

/** What follows from a probe's end: it is written down, and renders that waited for it go on. */
export const takeProbes: Outcome = async (_render, transaction, ended) => {
  for (const { tenantId, input, outcome } of ended) {
    const { hash } = (input as { media: { hash: string } }).media
    await endProbe(transaction, { tenantId, hash }, outcome)
    for (const waiting of await findPreparingWith(transaction, { tenantId, hash }))
      await planLater(transaction, waiting)
  }
}
