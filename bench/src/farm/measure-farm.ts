import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { derivePassword } from '@flatrender/database'
import { startPostgres } from '@flatrender/platform/postgres'
import { openSecretKey } from '@flatrender/platform/secrets'
import { startServer } from '../api/start-server.ts'
import { describeMachine, type Machine } from '../report/describe-machine.ts'
import { type LeaseCost, measureCost } from './measure-cost.ts'
import { measureOpenLoop, type OpenLoop } from './measure-open-loop.ts'
import { measureSaturated, type Saturated } from './measure-saturated.ts'
import { markMoment, measureShares, type Shares } from './measure-shares.ts'
import { openStopwatch, type Stopwatch } from './processor-time.ts'
import { keepAlive, seedJobs, seedNodes } from './seed-farm.ts'
import { openSimulatedFarm, type SimulatedFarm } from './simulated-farm.ts'

/** Seconds of leases at their own pace that are not counted. */
const WARM_UP = 10

/** What can be measured of dispatch by itself. */
export const farmParts = ['cost', 'latency', 'throughput', 'shares'] as const
export type FarmPart = (typeof farmParts)[number]

/** How large the farm is that is measured. */
export interface FarmSize {
  readonly nodes: number
  readonly tenants: number
  /** Jobs that wait at first, and at last. */
  readonly few: number
  readonly many: number
  readonly seconds: number
  readonly perSecond: number
}

/** All that is measured of dispatch; what wasn't asked for is missing. */
export interface FarmReport {
  readonly machine: Machine
  readonly date: string
  readonly size: FarmSize
  /** Seconds in which all that waits was queued. */
  readonly seedSeconds: number
  readonly cost?: { readonly few: LeaseCost; readonly many: LeaseCost }
  readonly openLoop?: OpenLoop
  readonly saturated?: Saturated
  readonly shares?: Shares
}

/** How much is measured, and who hears how far it is. */
export interface FarmBench {
  readonly size: FarmSize
  readonly only: readonly FarmPart[]
  readonly note: (text: string) => void
}

/** Starts an installation of the bench's own, and a farm of simulated nodes before it. */
export async function measureFarm(bench: FarmBench): Promise<FarmReport> {
  const home = await mkdtemp(path.join(tmpdir(), 'flatrender-bench-farm-'))
  const secretKey = await openSecretKey(home, undefined)
  const folder = path.join(home, 'postgres')
  const postgres = await startPostgres({
    folder,
    password: derivePassword(secretKey, 'flatrender'),
    durable: true,
  })
  const url = postgres.url('flatrender')
  const environment = { FLATRENDER_HOME: home, FLATRENDER_PORT: '0', FLATRENDER_NODE_WORKERS: '0' }
  try {
    bench.note('start')
    const server = await startServer('apps/server/src/main.ts', environment, /Running at \S+;/)
    const farm = openSimulatedFarm(/Running at (\S+);/.exec(server.text)?.[1] ?? '')
    const [pid = ''] = (await readFile(path.join(folder, 'postmaster.pid'), 'utf8')).split('\n')
    const stopwatch = openStopwatch({ postmaster: Number(pid), server: server.child.pid ?? 0 })
    try {
      return await measure({ ...bench, farm, url, stopwatch })
    } finally {
      farm.close()
      await server.stop()
    }
  } finally {
    await postgres.close()
    await rm(home, { recursive: true, force: true })
  }
}

interface OpenBench extends FarmBench {
  readonly farm: SimulatedFarm
  readonly url: string
  readonly stopwatch: Stopwatch
}

async function measure({ farm, url, size, only, note, stopwatch }: OpenBench): Promise<FarmReport> {
  const wants = (part: FarmPart) => only.includes(part)
  const nodes = await seedNodes(url, size.nodes)
  await keepAlive(url)
  note(`${size.few} jobs`)
  await seedJobs(url, size.few, size.tenants)
  const few = wants('cost') ? await measureCost(farm, nodes, stopwatch) : undefined
  note(`${size.many} jobs`)
  const begun = performance.now()
  await seedJobs(url, size.many - size.few, size.tenants)
  const seedSeconds = (performance.now() - begun) / 1000
  const many = wants('cost') ? await measureCost(farm, nodes, stopwatch) : undefined
  // What has just begun compiles its code yet.
  await measureSaturated(farm, nodes, { seconds: Math.min(5, size.seconds), stopwatch })
  const openLoop = wants('latency') ? await tellLatency() : undefined
  const { saturated, shares } = wants('throughput') || wants('shares') ? await tellThroughput() : {}
  return {
    machine: describeMachine(),
    date: new Date().toISOString().slice(0, 10),
    size,
    seedSeconds,
    ...(few && many && { cost: { few, many } }),
    ...(openLoop && { openLoop }),
    ...(saturated && { saturated }),
    ...(shares && { shares }),
  }

  async function tellLatency() {
    note(`${size.perSecond} leases a second`)
    // Single requests go other ways than many at once, and those are compiled while they are first gone.
    await measureOpenLoop(farm, nodes, { ...size, seconds: Math.min(WARM_UP, size.seconds), stopwatch })
    return measureOpenLoop(farm, nodes, { ...size, stopwatch })
  }

  async function tellThroughput() {
    note('saturated')
    await keepAlive(url)
    const since = await markMoment(url)
    const saturated = await measureSaturated(farm, nodes, { seconds: size.seconds, stopwatch })
    return { saturated, shares: await measureShares(url, since) }
  }
}
