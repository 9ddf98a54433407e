import path from 'node:path'
import { listMediaFiles, type StoryRequest, type Workspace } from '@flatrender/engine-render'
import type { PackageFiles } from '@flatrender/engine-scene'
import type { DataOptions } from './render-options.ts'

/** Every file that a request is made from. Errors: those of `listMediaFiles`. */
export async function listInputs(
  location: string,
  { data }: DataOptions,
  request: StoryRequest,
  workspace: Workspace,
): Promise<string[]> {
  const given = data === undefined ? [] : [data]
  const media = await listMediaFiles(request, workspace)
  return [location, ...placeFiles(request.template.files, location), ...given, ...media]
}

/** Where files lie that were read from a folder. */
export function placeFiles(files: PackageFiles, folder: string): string[] {
  return [...files.keys()].map((name) => path.join(folder, name))
}
