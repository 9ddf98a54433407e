import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { changeUrl, derivePassword, withClient } from '@flatrender/database'
import { startPostgres } from '@flatrender/platform/postgres'
import { openSecretKey } from '@flatrender/platform/secrets'
import { startServer } from '../api/start-server.ts'
import { describeMachine, type Machine } from '../report/describe-machine.ts'
import { measureOpenLoop, type OpenLoop } from './measure-open-loop.ts'
import { measureSaturated, type Saturated } from './measure-saturated.ts'
import { measureShares, type Shares } from './measure-shares.ts'
import { percentile } from './percentile.ts'
import { type SimulatedNode, seedJobs, seedNodes } from './seed-farm.ts'
import { openSimulatedFarm, type SimulatedFarm } from './simulated-farm.ts'

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

/** All that is measured of dispatch. */
export interface FarmReport {
  readonly machine: Machine
  readonly date: string
  readonly size: FarmSize
  /** Milliseconds of a lease of one job, alone, median: while few wait, and while many do. */
  readonly leaseAmongFew: number
  readonly leaseAmongMany: number
  readonly openLoop: OpenLoop
  readonly saturated: Saturated
  readonly shares: Shares
}

/** Starts an installation of the bench's own, and a farm of simulated nodes before it. */
export async function measureFarm(size: FarmSize, note: (text: string) => void): Promise<FarmReport> {
  const home = await mkdtemp(path.join(tmpdir(), 'flatrender-bench-farm-'))
  const secretKey = await openSecretKey(home, undefined)
  const passwordOf = (role: string) => derivePassword(secretKey, role)
  const postgres = await startPostgres({
    folder: path.join(home, 'postgres'),
    password: passwordOf('flatrender'),
    durable: true,
  })
  const role = 'flatrender_render_system'
  const url = changeUrl(postgres.url('flatrender'), { user: role, password: passwordOf(role) })
  const environment = { FLATRENDER_HOME: home, FLATRENDER_PORT: '0', FLATRENDER_NODE_WORKERS: '0' }
  try {
    note('start')
    const server = await startServer('apps/server/src/main.ts', environment, /Running at \S+;/)
    const farm = openSimulatedFarm(/Running at (\S+);/.exec(server.text)?.[1] ?? '')
    try {
      return await measure({ farm, url, size, note })
    } finally {
      farm.close()
      await server.stop()
    }
  } finally {
    await postgres.close()
    await rm(home, { recursive: true, force: true })
  }
}

async function measure({
  farm,
  url,
  size,
  note,
}: {
  farm: SimulatedFarm
  url: string
  size: FarmSize
  note: (text: string) => void
}): Promise<FarmReport> {
  const nodes = await seedNodes(url, size.nodes)
  note(`${size.few} jobs`)
  await seedJobs(url, size.few, size.tenants)
  const leaseAmongFew = await measureAlone(farm, nodes)
  note(`${size.many} jobs`)
  await seedJobs(url, size.many - size.few, size.tenants)
  const leaseAmongMany = await measureAlone(farm, nodes)
  note(`${size.perSecond} leases a second`)
  const openLoop = await measureOpenLoop(farm, nodes, size)
  note('saturated')
  const since = await withClient(url, async (client) => {
    const { rows } = await client.query<{ now: Date }>('select clock_timestamp() as now')
    return rows[0]!.now
  })
  const saturated = await measureSaturated(farm, nodes, size.seconds)
  return {
    machine: describeMachine(),
    date: new Date().toISOString().slice(0, 10),
    size,
    leaseAmongFew,
    leaseAmongMany,
    openLoop,
    saturated,
    shares: await measureShares(url, since),
  }
}

/** Calls that are measured, after some that warm up. */
const CALLS = 300

async function measureAlone(farm: SimulatedFarm, nodes: readonly SimulatedNode[]): Promise<number> {
  const took: number[] = []
  for (let call = -100; call < CALLS; call++) {
    const node = nodes[(call + 100) % nodes.length]!
    const asked = performance.now()
    const jobs = await farm.lease(node, 1)
    if (call >= 0) took.push(performance.now() - asked)
    await farm.report(node, jobs, () => 1000)
  }
  return percentile(took, 0.5)
}
