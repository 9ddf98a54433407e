import type { ProcessorTime, Stopwatch } from './processor-time.ts'
import type { SimulatedNode } from './seed-farm.ts'
import type { SimulatedFarm } from './simulated-farm.ts'

/** How much goes through when all nodes have nothing else to do. */
export interface Saturated {
  readonly jobsPerSecond: number
  readonly leaseMilliseconds: number
  /** Seconds of processor time of each second. */
  readonly processor: ProcessorTime
}

/** Nodes that talk at once: more would only wait, here, for a connection. */
const AT_ONCE = 32

/** Leases and reports sixteen jobs a call, for so many seconds. */
export async function measureSaturated(
  farm: SimulatedFarm,
  nodes: readonly SimulatedNode[],
  { seconds, stopwatch }: { seconds: number; stopwatch: Stopwatch },
): Promise<Saturated> {
  let jobs = 0
  let leases = 0
  let leasing = 0
  let next = 0
  const stop = await stopwatch()
  const begun = performance.now()
  const run = async () => {
    while (performance.now() - begun < seconds * 1000) {
      const node = nodes[next++ % nodes.length]!
      const asked = performance.now()
      const leased = await farm.lease(node, 16)
      leasing += performance.now() - asked
      leases++
      if (leased.length === 0) throw new Error('there is nothing left in the queue')
      await farm.report(node, leased, () => 400 + Math.floor(Math.random() * 1600))
      jobs += leased.length
    }
  }
  await Promise.all(Array.from({ length: AT_ONCE }, run))
  const took = (performance.now() - begun) / 1000
  return {
    jobsPerSecond: jobs / took,
    leaseMilliseconds: leasing / leases,
    processor: await stop(took),
  }
}
