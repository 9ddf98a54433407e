import { FlatRenderError } from '@flatrender/contracts/errors'
import type { Manifest, SlotValue } from '@flatrender/contracts/template'
import { asOneError } from './gather-problems.ts'
import { placeModifications, placeValues } from './read-modifications.ts'
import { resolveStory } from './resolve-story.ts'
import type { Story } from './story.ts'

/**
 * Reads modifications, in full or flat, with values over them by `slot`, `scene.slot` or `scene#2.slot`, and fills in
 * every default; no file is looked at. Errors: those of modifications; several come as one AggregateError of
 * FlatRenderErrors. What is of the wrong shape is all named first, before anything is looked for in the template.
 */
export function requireStory(
  manifest: Manifest,
  modifications: unknown,
  values: Readonly<Record<string, SlotValue>> = {},
): Story {
  const given = placeModifications(manifest, modifications)
  const laid = placeValues(manifest, given.placed, values)
  const { story, problems } = resolveStory(manifest, laid.placed)
  const found = [...given.problems, ...laid.problems, ...problems]
  if (found.length > 0) throw asOneError(found)
  if (story === undefined)
    throw new FlatRenderError('DATA_INVALID', { path: 'the top', reason: 'it is no story' })
  return story
}
