import { FlatRenderError } from '@flatrender/contracts/errors'
import type { RenderWarning } from '@flatrender/contracts/render'
import type { SceneTextFit } from '@flatrender/engine-scene'

/** What a person should know of how their texts came out. */
export function listWarnings(texts: readonly SceneTextFit[]): RenderWarning[] {
  return texts.flatMap(({ scene, sceneIndex, slot, findings }) =>
    slot === undefined
      ? []
      : findings.map(({ code, data }) => ({
          code,
          message: new FlatRenderError(code, data).message,
          scene,
          sceneIndex,
          slot,
        })),
  )
}
