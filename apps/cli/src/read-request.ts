import path from 'node:path'
import { FlatRenderError } from '@flatrender/contracts/errors'
import { loadTemplate, type StoryRequest } from '@flatrender/engine-render'
import { listMediaSlots, placeMedia } from './place-media.ts'
import { readText } from './read-text.ts'
import type { DataOptions } from './render-options.ts'

/** A request whose values by `--set` are there, if only as an empty record. */
export type CommandRequest = StoryRequest & Required<Pick<StoryRequest, 'values'>>

/**
 * A template, and what the options want in it: paths in the data file start at its folder, those of `--set` at the
 * working folder. Errors: DATA_UNREADABLE, those of loading a template and of reading modifications.
 */
export async function readRequest(location: string, options: DataOptions): Promise<CommandRequest> {
  const { data, set = {}, format } = options
  const template = await loadTemplate(location)
  const modifications = data === undefined ? {} : await readData(data)
  const mediaSlots = listMediaSlots(template.manifest, modifications)
  return {
    template,
    modifications,
    values: placeMedia(set, mediaSlots, process.cwd()),
    mediaFolder: data === undefined ? process.cwd() : path.dirname(path.resolve(data)),
    ...(format !== undefined && { format }),
  }
}

async function readData(file: string): Promise<unknown> {
  try {
    return JSON.parse(await readText(file))
  } catch (error) {
    throw new FlatRenderError('DATA_UNREADABLE', { file, reason: (error as Error).message }, { cause: error })
  }
}
