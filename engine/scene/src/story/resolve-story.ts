import { FlatRenderError } from '@flatrender/contracts/errors'
import type {
  Manifest,
  ManifestScene,
  Modifications,
  Sound,
  StoryScene,
  Transition,
} from '@flatrender/contracts/template'
import { gatherProblems, type Problems } from './gather-problems.ts'
import { resolvePalette } from './resolve-palette.ts'
import { resolveValue } from './resolve-value.ts'
import type { ResolvedScene, ResolvedValue, Story, Track } from './story.ts'

/** A story, or everything that keeps it from being one. */
export interface StoryResolution {
  readonly story: Story | undefined
  /** All problems, not the first alone: a person mends them in one go. */
  readonly problems: readonly FlatRenderError[]
}

/** Checks complete modifications against the template and fills in every default. */
export function resolveStory(
  manifest: Manifest,
  modifications: Modifications & { scenes: StoryScene[] },
): StoryResolution {
  const { found: problems, attempt } = gatherProblems()
  const scenes = modifications.scenes.map((given, index) =>
    attempt(() => resolveScene(manifest, given, index, modifications.scenes.length, attempt)),
  )
  const palette = resolvePalette(manifest, modifications.palette, attempt)
  if (problems.length > 0) return { story: undefined, problems }
  const { audio, watermark, language } = modifications
  return {
    problems,
    story: {
      language,
      scenes: scenes.filter((scene) => scene !== undefined),
      palette,
      music: resolveMusic(manifest, audio?.music),
      voiceover: audio?.voiceover === undefined ? undefined : asSound(audio.voiceover),
      sfxVolume: audio?.sfx === false ? 0 : (audio?.sfx?.volume ?? 1),
      clipsVolume: audio?.clips === false ? 0 : (audio?.clips?.volume ?? 1),
      ducking: audio?.ducking ?? true,
      watermark,
    },
  }
}

function resolveScene(
  manifest: Manifest,
  given: StoryScene,
  index: number,
  count: number,
  attempt: Problems['attempt'],
): ResolvedScene {
  const scene = manifest.scenes.find(({ id }) => id === given.scene)
  if (scene === undefined) {
    throw new FlatRenderError('SCENE_UNKNOWN', {
      scene: given.scene,
      path: `scenes.${index}`,
      known: manifest.scenes.map(({ id }) => id),
    })
  }
  const values = new Map<string, ResolvedValue>()
  for (const [id, value] of Object.entries(given.modifications ?? {})) {
    attempt(() => values.set(id, resolveSlot(scene, id, value, index)))
  }
  return {
    index,
    scene,
    values,
    duration: given.duration,
    transition:
      index === count - 1 ? undefined : attempt(() => resolveTransition(manifest, scene, given.transition)),
    voiceover: given.voiceover === undefined ? undefined : asSound(given.voiceover),
  }
}

function resolveSlot(
  scene: ManifestScene,
  id: string,
  value: Parameters<typeof resolveValue>[1],
  index: number,
): ResolvedValue {
  const slot = Object.hasOwn(scene.slots, id) ? scene.slots[id] : undefined
  if (slot === undefined) {
    throw new FlatRenderError('SLOT_UNKNOWN', {
      holder: `The scene “${scene.id}”`,
      slot: id,
      path: `scenes.${index}.modifications`,
      known: Object.keys(scene.slots),
    })
  }
  return resolveValue(slot, value, { scene: scene.id, slot: id })
}

const CUT: Transition = { id: 'cut', type: 'cut', seconds: 0, direction: 'left' }

function resolveTransition(
  manifest: Manifest,
  scene: ManifestScene,
  choice: StoryScene['transition'],
): Transition {
  const wanted = typeof choice === 'string' ? { id: choice } : choice
  const accepted = [
    ...manifest.transitions.filter(
      ({ id }) => scene.transitions === undefined || scene.transitions.includes(id),
    ),
    CUT,
  ]
  const id =
    wanted?.id ?? accepted.find((transition) => transition.id === manifest.defaultTransition)?.id ?? 'cut'
  const transition = accepted.find((candidate) => candidate.id === id)
  if (transition === undefined) {
    throw new FlatRenderError('TRANSITION_UNKNOWN', {
      transition: id,
      scene: scene.id,
      known: accepted.map((candidate) => candidate.id),
    })
  }
  if (transition.type === 'cut') return { ...transition, seconds: 0 }
  return {
    ...transition,
    seconds: wanted?.seconds ?? transition.seconds,
    direction: wanted?.direction ?? transition.direction,
  }
}

function resolveMusic(manifest: Manifest, choice: string | Sound | false | undefined): Track | undefined {
  if (choice === false) return undefined
  if (choice !== undefined) return { fadeOut: 1.5, loop: true, ...asSound(choice), packaged: false }
  if (manifest.music === undefined) return undefined
  const { file, volume, loop, fadeIn, fadeOut } = manifest.music
  return { src: file, volume, loop, fadeIn, fadeOut, packaged: true }
}

function asSound(sound: string | Sound): Sound {
  return typeof sound === 'string' ? { src: sound } : sound
}
