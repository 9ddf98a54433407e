import type { MadeFile } from '../package/scene-definition.ts'
import { encodeOpus } from './encode-opus.ts'
import type { Track } from './track.ts'

/** A synthesised sound of a package; music wants about 80, a cue 48 kilobits a second. */
export function soundFile(path: string, make: () => Track, kilobits = 48): MadeFile {
  return { path, make: () => encodeOpus(make(), kilobits * 1000) }
}
