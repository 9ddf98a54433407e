import { FlatRenderError } from '@flatrender/contracts/errors'
import type { Manifest } from '@flatrender/contracts/template'
import type { Story } from '@flatrender/engine-scene'

/**
 * The story with one scene alone, the first of that id, and without sound: what a picture of it is made of. A scene that the
 * story lacks is there as it was designed. Errors: SCENE_UNKNOWN.
 */
export function cutStory(manifest: Manifest, story: Story, sceneId: string): Story {
  const designed = manifest.scenes.find(({ id }) => id === sceneId)
  if (designed === undefined)
    throw new FlatRenderError('SCENE_UNKNOWN', {
      path: 'scene',
      scene: sceneId,
      known: manifest.scenes.map(({ id }) => id),
    })
  const given = story.scenes.find(({ scene }) => scene.id === sceneId)
  const scene = given ?? { scene: designed, values: new Map(), duration: undefined, voiceover: undefined }
  // How long it lasts shows in no picture, but a scene's length may follow from files that it then needs.
  const { duration, voiceover: _unheard, ...rest } = scene
  const kept = typeof duration === 'number' ? duration : undefined
  const alone = { ...rest, index: 0, duration: kept, transition: undefined, voiceover: undefined }
  return { ...story, scenes: [alone], music: undefined, voiceover: undefined }
}
