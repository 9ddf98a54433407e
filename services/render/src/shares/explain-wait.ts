import type { Render } from '../deps.ts'
import { findLoad, findWaiting } from './explain-wait-system-store.ts'

/** Why a render waits. */
export interface Wait {
  /**
   * `no_node`: none is there. `no_node_of_build`: none runs the build that it was planned for. `cap`: as much of the account
   * runs as its plan allows. `resting`: an attempt failed, and the next one comes soon. `queue`: others come first.
   */
  readonly reason: 'no_node' | 'no_node_of_build' | 'cap' | 'resting' | 'queue'
  /** Place among the account's own, from 1. */
  readonly position: number
  /** Frame jobs that are expected to go first, others' too. */
  readonly jobsBefore: number
  /** Until the first of it begins, as far as can be told; null where no node is there to do it. */
  readonly expectedSeconds: number | null
}

/** Why does this render wait? Null where it doesn't: something of it is under way, or nothing of it is queued. */
export async function explainWait(
  render: Render,
  name: { readonly tenantId: string; readonly renderJobId: string },
): Promise<Wait | null> {
  const { silenceSeconds } = render.config
  const found = await render.system.transact(async (transaction) => {
    const { leased, first } = await findWaiting(transaction, name)
    if (leased > 0 || first === undefined) return undefined
    return { first, load: await findLoad(transaction, first, silenceSeconds) }
  })
  if (found === undefined) return null
  const { first, load } = found
  const position = first.ahead + 1
  // While the account's own go one by one, others have their turns by weight.
  const turns = Math.max(1, load.weights / first.weight)
  const jobsBefore = load.above + Math.floor(first.ahead * turns)
  if (load.workers === 0) return { reason: 'no_node', position, jobsBefore, expectedSeconds: null }
  if (load.workersOfBuild === 0)
    return { reason: 'no_node_of_build', position, jobsBefore, expectedSeconds: null }
  const seconds = (jobs: number, workers: number) =>
    Math.round((jobs * Math.max(1, first.estimatedMs)) / workers / 100) / 10
  const { running, runningCap } = first
  const capped = runningCap !== null && running >= runningCap
  const expectedSeconds = Math.max(
    seconds(jobsBefore, load.workersOfBuild),
    capped ? seconds(first.ahead + 1, runningCap) : 0,
  )
  const reason = first.resting ? 'resting' : capped ? 'cap' : 'queue'
  return { reason, position, jobsBefore, expectedSeconds }
}
