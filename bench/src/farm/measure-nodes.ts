import { openBenchEngine } from '../engine/bench-engine.ts'
import { describeMachine, type Machine } from '../report/describe-machine.ts'
import { type Latency, measureLatency } from './measure-latency.ts'
import { measureRows, type Rows } from './measure-rows.ts'
import { measureScaling, type Scaling } from './measure-scaling.ts'
import { openBenchFarm } from './open-bench-farm.ts'
import { writeStory } from './promo-story.ts'
import { renderAlone } from './render-alone.ts'
import { renderOnFarm } from './render-on-farm.ts'

/** What is measured of real nodes, in the order in which it is. */
export const nodeParts = ['scaling', 'playable', 'rows'] as const
export type NodePart = (typeof nodeParts)[number]

/** All that was measured of real nodes. */
export interface NodesReport {
  readonly machine: Machine
  readonly date: string
  readonly scaling?: Scaling
  readonly latency?: Latency
  readonly rows?: Rows
}

/** Two nodes, and the engine with two workers: as many as were measured on. */
const NODES = 2

/** Starts an installation with two nodes, makes nodes and engine warm, and measures what is asked for. */
export async function measureNodes({
  rounds,
  only,
  note,
}: {
  readonly rounds: number
  readonly only: readonly NodePart[]
  readonly note: (text: string) => void
}): Promise<NodesReport> {
  let last = 0
  const number = () => ++last
  note('start')
  const engine = await openBenchEngine(NODES)
  try {
    const farm = await openBenchFarm(NODES)
    try {
      const place = { farm, engine, number }
      note('warm')
      const warm = { modifications: await writeStory(20, number()), resolution: '720p' }
      await renderOnFarm(farm, warm)
      await renderAlone(engine, warm)
      const has = (part: NodePart): boolean => {
        if (only.includes(part)) note(part)
        return only.includes(part)
      }
      return {
        machine: describeMachine(),
        date: new Date().toISOString().slice(0, 10),
        ...(has('scaling') && { scaling: await measureScaling(place, rounds) }),
        ...(has('playable') && { latency: await measureLatency(place, rounds) }),
        ...(has('rows') && { rows: await measureRows(place) }),
      }
    } finally {
      await farm.close()
    }
  } finally {
    await engine.close()
  }
}
