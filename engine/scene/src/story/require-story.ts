import { FlatRenderError } from '@flatrender/contracts/errors'
import type { Manifest, SlotValue } from '@flatrender/contracts/template'
import { readModifications, withFlatValues } from './read-modifications.ts'
import { resolveStory } from './resolve-story.ts'
import type { Story } from './story.ts'

/**
 * Reads modifications, in full or flat, with values over them by `slot`, `scene.slot` or `scene#2.slot`, and fills in
 * every default; no file is looked at. Errors: those of modifications; several come as one AggregateError of
 * FlatRenderErrors.
 */
export function requireStory(
  manifest: Manifest,
  modifications: unknown,
  values: Readonly<Record<string, SlotValue>> = {},
): Story {
  const complete = readModifications(manifest, modifications)
  const { story, problems } = resolveStory(manifest, withFlatValues(manifest, complete, values))
  if (problems.length > 1)
    throw new AggregateError(problems, `${problems.length} problems in the modifications`)
  if (problems[0] !== undefined) throw problems[0]
  if (story === undefined)
    throw new FlatRenderError('DATA_INVALID', { path: 'the top', reason: 'it is no story' })
  return story
}
