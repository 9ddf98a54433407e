import { FlatRenderError } from '@flatrender/contracts/errors'
import {
  type FlatModifications,
  flatModificationsSchema,
  type Manifest,
  type Modifications,
  modificationsSchema,
  type SlotValue,
  type StoryScene,
} from '@flatrender/contracts/template'
import { describeIssues } from './describe-issue.ts'
import { asOneError, gatherProblems } from './gather-problems.ts'

const STRUCTURE = new Set(Object.keys(modificationsSchema.shape))

/**
 * Reads what a person gave, in full or in the flat short form, and completes it with a story of the template: the
 * result always has scenes. Errors: DATA_INVALID, PRESET_UNKNOWN, SCENE_UNKNOWN, SLOT_UNKNOWN; several as one
 * AggregateError.
 */
export function readModifications(
  manifest: Manifest,
  input: unknown,
): Modifications & { scenes: StoryScene[] } {
  return requirePlaced(placeModifications(manifest, input))
}

/** Modifications with every value that has a place, and why the others have none. */
export interface PlacedModifications {
  readonly placed: Modifications & { scenes: StoryScene[] }
  readonly problems: readonly FlatRenderError[]
}

/**
 * The same, where values without a place are told beside it, so that all others can be looked at too. Errors: DATA_INVALID,
 * PRESET_UNKNOWN.
 */
export function placeModifications(manifest: Manifest, input: unknown): PlacedModifications {
  if (typeof input !== 'object' || input === null || Array.isArray(input)) {
    throw new FlatRenderError('DATA_INVALID', { path: 'the top', reason: 'it is not a JSON object' })
  }
  if (isFlat(input)) return placeValues(manifest, withStory(manifest, {}), readFlat(input))
  return { placed: withStory(manifest, parse(modificationsSchema, input)), problems: [] }
}

/** Is this the short form, values by `slot` or `scene.slot`? */
export function isFlat(input: object): boolean {
  const keys = Object.keys(input)
  return keys.length > 0 && keys.every((key) => !STRUCTURE.has(key))
}

/** Reads the short form. Errors: DATA_INVALID. */
export function readFlat(input: object): FlatModifications {
  return parse(flatModificationsSchema, input)
}

/** Puts `slot`, `scene.slot` or `scene#2.slot` values over a story. Errors: those of `readModifications`. */
export function withFlatValues(
  manifest: Manifest,
  story: Modifications & { scenes: StoryScene[] },
  values: Readonly<Record<string, SlotValue>>,
): Modifications & { scenes: StoryScene[] } {
  return requirePlaced(placeValues(manifest, story, values))
}

function requirePlaced({ placed, problems }: PlacedModifications): PlacedModifications['placed'] {
  if (problems.length > 0) throw asOneError(problems)
  return placed
}

/** The same, where values without a place are told beside it. */
export function placeValues(
  manifest: Manifest,
  story: PlacedModifications['placed'],
  values: Readonly<Record<string, SlotValue>>,
): PlacedModifications {
  const scenes = story.scenes.map((scene) => ({ ...scene, modifications: { ...scene.modifications } }))
  const problems = gatherProblems()
  for (const [key, value] of Object.entries(values)) {
    for (const { index, slot } of problems.attempt(() => findPlaces(manifest, scenes, key)) ?? [])
      scenes[index]!.modifications[slot] = value
  }
  return { placed: { ...story, scenes }, problems: problems.found }
}

function findPlaces(
  manifest: Manifest,
  scenes: readonly StoryScene[],
  key: string,
): { index: number; slot: string }[] {
  const match = /^(?:([^.#]+)(?:#(\d+))?\.)?([^.]+)$/.exec(key)
  if (match === null)
    throw new FlatRenderError('DATA_INVALID', { path: key, reason: 'it is not slot or scene.slot' })
  const [, sceneId, occurrence, slot = ''] = match
  const slotsOf = (id: string) => manifest.scenes.find((scene) => scene.id === id)?.slots ?? {}
  if (sceneId === undefined) return placesOfBareSlot(scenes, slot, slotsOf, key)
  const places = scenes.flatMap((scene, index) => (scene.scene === sceneId ? [{ index, slot }] : []))
  const chosen = occurrence === undefined ? places : places.slice(Number(occurrence) - 1, Number(occurrence))
  if (chosen.length === 0) {
    throw new FlatRenderError('SCENE_UNKNOWN', {
      scene: key.slice(0, key.indexOf('.')),
      path: key,
      known: storyIds(scenes),
    })
  }
  if (!Object.hasOwn(slotsOf(sceneId), slot)) {
    throw new FlatRenderError('SLOT_UNKNOWN', {
      holder: `The scene “${sceneId}”`,
      slot,
      path: key,
      known: Object.keys(slotsOf(sceneId)),
    })
  }
  return chosen
}

/** A bare slot name is meant for the one scene kind that has it. */
function placesOfBareSlot(
  scenes: readonly StoryScene[],
  slot: string,
  slotsOf: (id: string) => Record<string, unknown>,
  path: string,
): { index: number; slot: string }[] {
  const places = scenes.flatMap((scene, index) =>
    Object.hasOwn(slotsOf(scene.scene), slot) ? [{ index, slot }] : [],
  )
  const kinds = new Set(places.map(({ index }) => scenes[index]!.scene))
  if (kinds.size === 1) return places
  if (kinds.size === 0) {
    const known = [
      ...new Set(
        scenes.flatMap((scene) => Object.keys(slotsOf(scene.scene)).map((id) => `${scene.scene}.${id}`)),
      ),
    ]
    throw new FlatRenderError('SLOT_UNKNOWN', { holder: 'The story', slot, path, known })
  }
  const known = [...kinds].map((kind) => `${kind}.${slot}`)
  throw new FlatRenderError('DATA_INVALID', {
    path,
    reason: `several scenes have this slot; write ${known.join(' or ')}`,
  })
}

function withStory(manifest: Manifest, given: Modifications): Modifications & { scenes: StoryScene[] } {
  if (given.scenes !== undefined && given.preset === undefined) return { ...given, scenes: given.scenes }
  const preset = manifest.presets.find(({ id }) => given.preset === undefined || id === given.preset)
  if (preset === undefined) {
    throw new FlatRenderError('PRESET_UNKNOWN', {
      preset: given.preset ?? '',
      known: manifest.presets.map(({ id }) => id),
    })
  }
  return { ...preset.story, ...given, scenes: given.scenes ?? preset.story.scenes }
}

function storyIds(scenes: readonly StoryScene[]): string[] {
  return [...new Set(scenes.map(({ scene }) => scene))]
}

interface Schema<Output> {
  safeParse(
    input: unknown,
  ): { success: true; data: Output } | { success: false; error: Parameters<typeof describeIssues>[0] }
}

function parse<Output>(schema: Schema<Output>, input: unknown): Output {
  const parsed = schema.safeParse(input)
  if (parsed.success) return parsed.data
  throw asOneError(
    describeIssues(parsed.error).map((issue) => new FlatRenderError('DATA_INVALID', { ...issue })),
  )
}
