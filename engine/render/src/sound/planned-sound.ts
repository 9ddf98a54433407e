import type { SoundTrack, TemplatePackage } from '@flatrender/engine-scene'
import { hashFile } from '../files/hash-file.ts'
import { extractPackaged, type GatheredMedia } from '../media/gather-media.ts'
import type { Workspace } from '../workspace/workspace.ts'

/** A track whose file is named by content. */
export type PlannedTrack = Omit<SoundTrack, 'source' | 'packaged'> & { readonly hash: string }

/** The sound of a render. `plan` is all that decides a bit of it. */
export interface PlannedSound {
  readonly plan: {
    readonly tracks: readonly PlannedTrack[]
    /** Length of the whole timeline, and the part of it that is wanted; seconds. */
    readonly seconds: number
    readonly range: { readonly start: number; readonly end: number }
    readonly ducking: boolean
  }
  /** SHA-256 → file. */
  readonly files: ReadonlyMap<string, string>
}

/** Where sounds are found, and the times (seconds) between which they are heard. */
export interface SoundPlaces {
  readonly media: GatheredMedia
  readonly template: TemplatePackage
  readonly workspace: Workspace
  readonly seconds: number
  readonly range: { readonly start: number; readonly end: number }
  readonly ducking: boolean
}

/** Finds the tracks' files and names them by content; undefined without tracks. Errors: MEDIA_NOT_FOUND. */
export async function resolveSound(
  tracks: readonly SoundTrack[],
  places: SoundPlaces,
): Promise<PlannedSound | undefined> {
  if (tracks.length === 0) return undefined
  const { media, template, workspace, seconds, range, ducking } = places
  const files = new Map<string, string>()
  const packaged = new Map<string, string>()
  const planned: PlannedTrack[] = []
  for (const { source, packaged: inPackage, ...track } of tracks) {
    let hash = inPackage ? packaged.get(source) : media.library.get(source)?.hash
    if (hash === undefined) {
      const file = await extractPackaged(source, template.files, workspace)
      hash = await hashFile(file)
      packaged.set(source, hash)
      files.set(hash, file)
    } else if (!inPackage) {
      files.set(hash, media.fileOfSource.get(source)!)
    }
    planned.push({ ...track, hash })
  }
  return { plan: { tracks: planned, seconds, range, ducking }, files }
}
