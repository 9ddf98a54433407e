import type { PlannedTrack, SoundPlan } from '@flatrender/contracts/engine'
import { FlatRenderError } from '@flatrender/contracts/errors'
import type { MediaLibrary } from '../media/media-info.ts'
import { sha256Hex } from '../package/sha256.ts'
import type { PackageFiles } from '../package/template-package.ts'
import type { SoundTrack } from '../timeline/plan-sound.ts'

/** The sound of a render. */
export interface NamedSound {
  /** All that decides a bit of it. */
  readonly plan: SoundPlan
  /** SHA-256 → path in the package, of the sounds that the template brings. */
  readonly packaged: ReadonlyMap<string, string>
}

/** Where sounds are found, and the times (seconds) between which they are heard. */
export interface SoundPlaces extends Omit<SoundPlan, 'tracks'> {
  readonly media: MediaLibrary
  readonly files: PackageFiles
}

/** Names the tracks' files by content; undefined without tracks. Errors: MEDIA_NOT_FOUND. */
export function nameSound(tracks: readonly SoundTrack[], places: SoundPlaces): NamedSound | undefined {
  if (tracks.length === 0) return undefined
  const { media, files, seconds, range, ducking } = places
  const packaged = new Map<string, string>()
  const hashOfPath = new Map<string, string>()
  const hashPackaged = (path: string): string => {
    const content = files.get(path)
    if (content === undefined) throw new FlatRenderError('MEDIA_NOT_FOUND', { file: path })
    const hash = hashOfPath.get(path) ?? sha256Hex(content)
    hashOfPath.set(path, hash)
    packaged.set(hash, path)
    return hash
  }
  const named = tracks.map(({ source, packaged: inPackage, ...track }): PlannedTrack => {
    const known = inPackage ? undefined : media.get(source)?.hash
    return { ...track, hash: known ?? hashPackaged(source) }
  })
  return { plan: { tracks: named, seconds, range, ducking }, packaged }
}
