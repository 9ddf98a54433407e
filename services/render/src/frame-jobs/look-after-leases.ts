import type { Render } from '../deps.ts'
import { findUnreachable } from '../nodes/find-unreachable.ts'
import { expireLeases } from './expire-leases.ts'

/** What a process does now and then for the farm, beside what leases do by themselves. */
export async function lookAfterLeases(render: Render): Promise<void> {
  await findUnreachable(render)
  if ((await expireLeases(render)) > 0) render.leases.ring()
}

/** Milliseconds between two looks of a process that is asked for work. */
const LOOK_EVERY = 2000
const lastLooks = new WeakMap<Render, number>()

/**
 * The same for whoever is asked for work, once in two seconds: a job without another attempt ends soon after its node, also
 * between two runs of the job that looks each minute.
 */
export async function lookNowAndThen(render: Render): Promise<void> {
  const now = performance.now()
  if (now - (lastLooks.get(render) ?? 0) < LOOK_EVERY) return
  lastLooks.set(render, now)
  await lookAfterLeases(render)
}
