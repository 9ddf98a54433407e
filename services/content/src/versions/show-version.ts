import type { Call } from '@flatrender/contracts/call'
import { parseRational, toNumber } from '@flatrender/contracts/engine'
import { FlatRenderError } from '@flatrender/contracts/errors'
import { manifestSchema } from '@flatrender/contracts/template'
import type { Content } from '../deps.ts'
import { describeVersion } from './describe-version.ts'
import { findScenes, type SceneRow } from './scenes-store.ts'
import { findVersion } from './versions-store.ts'

/** Shows a version with its scenes and its whole manifest, defaults filled in. Errors: VERSION_UNKNOWN. */
export async function showVersion(content: Content, { actor }: Call, { id }: { id: string }) {
  return content.database.transact(actor, async (transaction) => {
    const row = await findVersion(transaction, id)
    if (row === undefined) throw new FlatRenderError('VERSION_UNKNOWN', { version: id })
    const scenes = await findScenes(transaction, row)
    const rate = toNumber(parseRational(row.fps)!)
    return {
      ...describeVersion(row),
      scenes: scenes.map((scene) => describeScene(scene, rate)),
      manifest: manifestSchema.parse(row.manifest),
    }
  })
}

function describeScene({ default_frames, min_frames, max_frames, ...scene }: SceneRow, rate: number) {
  const toSeconds = (frames: number | null) => (frames === null ? null : frames / rate)
  return {
    ...scene,
    seconds: {
      default: default_frames / rate,
      min: toSeconds(min_frames),
      max: toSeconds(max_frames),
    },
  }
}
