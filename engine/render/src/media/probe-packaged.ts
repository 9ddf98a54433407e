import type { MediaInfo } from '@flatrender/engine-media'
import type { PackageFiles } from '@flatrender/engine-scene'
import type { Workshop } from '../workspace/workshop.ts'
import { extractPackaged } from './gather-media.ts'

/** What a file of the package is. Errors: those of probing. */
export async function probePackaged(
  inside: string,
  files: PackageFiles,
  { workspace, pool }: Workshop,
): Promise<MediaInfo> {
  return pool.run({ kind: 'probe', file: await extractPackaged(inside, files, workspace) })
}
