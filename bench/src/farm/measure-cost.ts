import { percentile } from './percentile.ts'
import type { ProcessorTime, Stopwatch } from './processor-time.ts'
import type { SimulatedNode } from './seed-farm.ts'
import type { SimulatedFarm } from './simulated-farm.ts'

/** What a lease of one job costs where nobody else asks. */
export interface LeaseCost {
  /** Median, as the node sees it. */
  readonly milliseconds: number
  /** Seconds of processor time of a lease and the report that follows, on average. */
  readonly processor: ProcessorTime
}

/** Calls that are measured, after some that warm up. */
const [CALLS, WARM] = [1000, 200]

/** Leases and reports one job after the other. */
export async function measureCost(
  farm: SimulatedFarm,
  nodes: readonly SimulatedNode[],
  stopwatch: Stopwatch,
): Promise<LeaseCost> {
  const took: number[] = []
  const call = async (number: number) => {
    const node = nodes[number % nodes.length]!
    const asked = performance.now()
    const jobs = await farm.lease(node, 1)
    took.push(performance.now() - asked)
    await farm.report(node, jobs, () => 1000)
  }
  for (let number = 0; number < WARM; number++) await call(number)
  took.length = 0
  const stop = await stopwatch()
  for (let number = 0; number < CALLS; number++) await call(number)
  return { milliseconds: percentile(took, 0.5), processor: await stop(CALLS) }
}
