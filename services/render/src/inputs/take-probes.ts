import type { Outcome } from '../frame-jobs/outcome.ts'
import { planLater } from '../plans/plan-later.ts'
import { findPreparingWith } from '../renders/renders-system-store.ts'
import { endProbes } from './end-probes-system-store.ts'

/** What follows from the end of probes: it is written down, and renders that waited for them go on. */
export const takeProbes: Outcome = async (_render, transaction, ended) => {
  const probes = ended.map(({ tenantId, input, nodeId, outcome }) => {
    const { hash } = (input as { media: { hash: string } }).media
    return { tenantId, hash, nodeId, outcome }
  })
  await endProbes(transaction, probes)
  for (const waiting of await findPreparingWith(transaction, probes)) await planLater(transaction, waiting)
}
