import type { Render } from '../deps.ts'
import type { RenderName } from '../renders/render-name.ts'
import {
  findNodeLoad,
  findQueueLoad,
  findWaiting,
  type NodeLoad,
  type QueueLoad,
  type WaitingJob,
} from './explain-wait-system-store.ts'

type FarmLoad = NodeLoad & QueueLoad

/**
 * What nodes lack to do work. `no_node`: none is there. `no_node_of_build`: none runs the build that it was planned for.
 * `nodes_in_use`: those that do work only while their machines are idle, and take none now. `nodes_paused`: they are paused,
 * drained or quarantined, or take no work for another reason, such as a full disk.
 */
export type Lack = 'no_node' | 'no_node_of_build' | 'nodes_in_use' | 'nodes_paused'

/** Why a render waits. */
export interface Wait {
  /**
   * `cap`: as much of the account runs as its plan allows. `resting`: an attempt failed, and the next one comes soon. `queue`:
   * others come first.
   */
  readonly reason: Lack | 'cap' | 'resting' | 'queue'
  /** Place among the account's own, from 1. */
  readonly position: number
  /** Frame jobs that are expected to go first, others' too. */
  readonly jobsBefore: number
  /** Until the first of it begins, as far as can be told; null where no node is there to do it. */
  readonly expectedSeconds: number | null
}

/**
 * Why do these renders wait? By their ids; nothing of one that doesn't: something of it is under way, or nothing of it is
 * queued.
 */
export async function explainWaits(
  render: Render,
  names: readonly RenderName[],
): Promise<ReadonlyMap<string, Wait>> {
  if (names.length === 0) return new Map()
  const { system, config } = render
  const loads = new Map<string, FarmLoad>()
  const waits = new Map<string, Wait>()
  for (const first of await system.ask((transaction) => findWaiting(transaction, names))) {
    // The same for all that wait in a lane for a build.
    const place = `${first.lane} ${first.engineBuild}`
    const load =
      loads.get(place) ??
      (await system.ask(async (transaction) => ({
        ...(await findNodeLoad(transaction, first.engineBuild, config.silenceSeconds)),
        ...(await findQueueLoad(transaction, first.lane)),
      })))
    loads.set(place, load)
    waits.set(first.renderId, explain(first, load))
  }
  return waits
}

/** What keeps a render from being planned, or a file from being looked at; undefined where a node can do it. */
export async function explainLack({ system, config }: Render): Promise<Lack | undefined> {
  return lackOf(await system.ask((transaction) => findNodeLoad(transaction, null, config.silenceSeconds)))
}

function lackOf({ nodes, workersOfBuild, inUseOfBuild, stoppedOfBuild }: NodeLoad): Lack | undefined {
  if (workersOfBuild > 0) return undefined
  // They work again by themselves, before anybody has to resume those that are paused.
  if (inUseOfBuild > 0) return 'nodes_in_use'
  if (stoppedOfBuild > 0) return 'nodes_paused'
  return nodes === 0 ? 'no_node' : 'no_node_of_build'
}

function explain(first: WaitingJob, load: FarmLoad): Wait {
  const position = first.ahead + 1
  // While the account's own go one by one, others have their turns by weight.
  const turns = Math.max(1, load.weights / first.weight)
  const jobsBefore = load.above + Math.floor(first.ahead * turns)
  const lack = lackOf(load)
  if (lack !== undefined) return { reason: lack, position, jobsBefore, expectedSeconds: null }
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
