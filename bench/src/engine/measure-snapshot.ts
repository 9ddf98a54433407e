import { readFile } from 'node:fs/promises'
import path from 'node:path'
import { loadTemplate, snapshotStory } from '@flatrender/engine-render'
import { openBenchEngine } from './bench-engine.ts'
import { root } from './bench-files.ts'
import { median } from './median.ts'
import { timed } from './timed.ts'

/** Medians of a still, painted and taken from the workspace. */
export interface SnapshotMeasurement {
  readonly uncachedMilliseconds: number
  readonly cachedMilliseconds: number
}

const TEMPLATE = path.join(root, 'templates/product-promo')

/** A 1080p PNG of a moment nobody asked for before, and the same again, in a warm process. */
export async function measureSnapshot(rounds: number): Promise<SnapshotMeasurement> {
  const template = await loadTemplate(TEMPLATE)
  const data = path.join(TEMPLATE, 'data/en.json')
  const modifications: unknown = JSON.parse(await readFile(data, 'utf8'))
  const engine = await openBenchEngine()
  try {
    const take = async (seconds: number) => {
      const request = { template, modifications, mediaFolder: path.dirname(data) }
      return snapshotStory(request, seconds, { format: 'png', width: 1920, background: null }, engine)
    }
    await take(1)
    const uncached: number[] = []
    const cached: number[] = []
    for (let round = 0; round < rounds; round++) {
      const moment = 2 + round
      uncached.push((await timed(() => take(moment))).seconds * 1000)
      cached.push((await timed(() => take(moment))).seconds * 1000)
    }
    return { uncachedMilliseconds: median(uncached), cachedMilliseconds: median(cached) }
  } finally {
    await engine.close()
  }
}
