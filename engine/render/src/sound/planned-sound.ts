import type { SoundPlan } from '@flatrender/contracts/engine'
import type { NamedSound, PackageFiles } from '@flatrender/engine-scene'
import { extractPackaged, type GatheredMedia } from '../media/gather-media.ts'
import type { Workspace } from '../workspace/workspace.ts'

/** The sound of a render. `plan` is all that decides a bit of it. */
export interface PlannedSound {
  readonly plan: SoundPlan
  /** SHA-256 → file. */
  readonly files: ReadonlyMap<string, string>
}

/** Finds the files of a sound's tracks. Errors: MEDIA_NOT_FOUND. */
export async function locateSound(
  { plan, packaged }: NamedSound,
  places: { readonly media: GatheredMedia; readonly files: PackageFiles; readonly workspace: Workspace },
): Promise<PlannedSound> {
  const files = new Map(places.media.fileOfHash)
  for (const [hash, path] of packaged)
    files.set(hash, await extractPackaged(path, places.files, places.workspace))
  return { plan, files }
}
