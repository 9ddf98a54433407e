import { setTimeout } from 'node:timers/promises'
import { percentile } from './percentile.ts'
import type { ProcessorTime, Stopwatch } from './processor-time.ts'
import type { SimulatedNode } from './seed-farm.ts'
import type { SimulatedFarm, SimulatedJob } from './simulated-farm.ts'

/** Latency of leases that come at their own pace, whether earlier ones are answered or not. */
export interface OpenLoop {
  readonly perSecond: number
  /** Milliseconds from the moment at which a lease was due to its answer. */
  readonly p50: number
  readonly p99: number
  readonly jobs: number
  readonly failures: number
  /** Seconds of processor time of each second. */
  readonly processor: ProcessorTime
}

/** Seconds between two heartbeats of a node. */
const BEAT = 5

/** Leases so often a second, one job each, from nodes by turns; each job is reported, and every node beats. */
export async function measureOpenLoop(
  farm: SimulatedFarm,
  nodes: readonly SimulatedNode[],
  { perSecond, seconds, stopwatch }: { perSecond: number; seconds: number; stopwatch: Stopwatch },
): Promise<OpenLoop> {
  const took: number[] = []
  const under: Promise<void>[] = []
  const held = new Map<string, SimulatedJob[]>()
  let jobs = 0
  let failures = 0
  const attempt = (work: Promise<unknown>) =>
    void under.push(
      work.then(
        () => {},
        () => void failures++,
      ),
    )
  const one = async (node: SimulatedNode, due: number) => {
    const leased = await farm.lease(node, 1)
    took.push(performance.now() - due)
    jobs += leased.length
    held.set(node.id, leased)
    // Its work, of which the farm feels nothing.
    await setTimeout(200)
    held.delete(node.id)
    if (leased.length > 0) await farm.report(node, leased, () => 400 + Math.floor(Math.random() * 1600))
  }
  const stop = await stopwatch()
  const begun = performance.now()
  const beats = nodes.length / BEAT / perSecond
  for (let count = 0; count < perSecond * seconds; count++) {
    const due = begun + (count / perSecond) * 1000
    const early = due - performance.now()
    if (early > 1) await setTimeout(early)
    attempt(one(nodes[count % nodes.length]!, due))
    if (Math.floor((count + 1) * beats) > Math.floor(count * beats)) {
      const node = nodes[Math.floor(count * beats) % nodes.length]!
      attempt(farm.beat(node, held.get(node.id) ?? []))
    }
  }
  await Promise.all(under)
  const processor = await stop((performance.now() - begun) / 1000)
  return { perSecond, p50: percentile(took, 0.5), p99: percentile(took, 0.99), jobs, failures, processor }
}
