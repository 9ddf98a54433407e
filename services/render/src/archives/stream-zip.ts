import { crc32 } from 'node:zlib'
import {
  writeDescriptor,
  writeEnd,
  writeEntry,
  writeLocalHeader,
  ZIP_LIMITS,
  type ZipFile,
  type ZipLayout,
  type ZipLimits,
} from './zip-layout.ts'

/**
 * A ZIP, a piece after the other, as fast as it is read: each file is opened when its turn comes, and no more of it is held
 * than one piece. Errors: those of `open`, and an Error for a file that isn't as long as it was said to be.
 */
export async function* streamZip<File extends ZipFile>(
  layout: ZipLayout<File>,
  open: (file: File) => Promise<AsyncIterable<Uint8Array>>,
  limits: ZipLimits = ZIP_LIMITS,
): AsyncGenerator<Uint8Array, void> {
  const sums: number[] = []
  for (const place of layout.files) {
    yield writeLocalHeader(place)
    let sum = 0
    let bytes = 0
    for await (const piece of await open(place.file)) {
      sum = crc32(piece, sum)
      bytes += piece.length
      yield piece
    }
    if (bytes !== place.file.bytes)
      throw new Error(`“${place.file.name}” has ${bytes} bytes, and ${place.file.bytes} were announced`)
    sums.push(sum)
    yield writeDescriptor(place, sum)
  }
  for (const [index, place] of layout.files.entries()) yield writeEntry(place, sums[index]!, limits)
  yield writeEnd(layout, limits)
}
