import { type MediaInfo, probeMedia } from '@flatrender/engine-media'
import type { PackageFiles } from '@flatrender/engine-scene'
import type { Workspace } from '../workspace/workspace.ts'
import { extractPackaged } from './gather-media.ts'

/** What a file of the package is. Errors: those of probing. */
export async function probePackaged(
  inside: string,
  files: PackageFiles,
  workspace: Workspace,
): Promise<MediaInfo> {
  return probeMedia(await extractPackaged(inside, files, workspace))
}
