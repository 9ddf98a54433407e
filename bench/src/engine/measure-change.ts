import { readFile } from 'node:fs/promises'
import path from 'node:path'
import type { Modifications } from '@flatrender/contracts/template'
import { loadTemplate, prepareRender } from '@flatrender/engine-render'
import { openBenchEngine } from './bench-engine.ts'
import { root } from './bench-files.ts'
import { median } from './median.ts'
import { timed } from './timed.ts'

/** What changing one text took, beside rendering everything. */
export interface ChangeMeasurement {
  readonly seconds: number
  readonly frames: number
  readonly coldSeconds: number
  readonly changedSeconds: number
  /** Frames of the changed scene and its transitions, of all. */
  readonly changedShare: number
  /** (changed − 0.5 s) ÷ (share × cold); at most 1.3 is wanted. */
  readonly changeRatio: number
}

const TEMPLATE = path.join(root, 'templates/product-promo')
const SCENES = 10
const SECONDS = 60

/** A minute of product-promo in ten scenes, with transitions and music; then one text is changed. */
export async function measureChange(rounds: number): Promise<ChangeMeasurement> {
  const template = await loadTemplate(TEMPLATE)
  const data = path.join(TEMPLATE, 'data/en.json')
  const story = tenScenes(JSON.parse(await readFile(data, 'utf8')) as Modifications)
  const request = {
    template,
    mediaFolder: path.dirname(data),
    output: { container: 'mp4', codec: 'h264' } as const,
  }
  const runs: ChangeMeasurement[] = []
  for (let round = 0; round < rounds; round++) {
    const engine = await openBenchEngine()
    try {
      await engine.render(
        await prepareRender(
          {
            ...request,
            modifications: story,
            output: { ...request.output, resolution: '180p' },
            range: [0, 4],
          },
          engine,
        ),
      )
      const cold = await timed(async () =>
        engine.render(await prepareRender({ ...request, modifications: story }, engine)),
      )
      const changed = await timed(async () =>
        engine.render(await prepareRender({ ...request, modifications: changeText(story) }, engine)),
      )
      const share = changed.result.painted / cold.result.frames
      runs.push({
        seconds: SECONDS,
        frames: cold.result.frames,
        coldSeconds: cold.seconds,
        changedSeconds: changed.seconds,
        changedShare: share,
        changeRatio: (changed.seconds - 0.5) / (share * cold.seconds),
      })
    } finally {
      await engine.close()
    }
  }
  const middle = median(runs.map(({ changeRatio }) => changeRatio))
  return runs.sort((a, b) => Math.abs(a.changeRatio - middle) - Math.abs(b.changeRatio - middle))[0]!
}

/** Ten scenes whose lengths make a minute; transitions overlap, so each gets a little more than its tenth. */
function tenScenes(story: Modifications): Modifications {
  const given = story.scenes ?? []
  const scenes = Array.from({ length: SCENES }, (_, index) => {
    const scene = given[index % given.length]!
    return { ...scene, duration: SECONDS / SCENES + 0.4 }
  })
  return { ...story, scenes }
}

function changeText(story: Modifications): Modifications {
  const scenes = (story.scenes ?? []).map((scene, index) =>
    index === 4 ? { ...scene, modifications: { ...scene.modifications, title: 'Another title' } } : scene,
  )
  return { ...story, scenes }
}
