import { FlatRenderError } from '@flatrender/contracts/errors'
import { decompress } from 'wawoff2'

let queue: Promise<unknown> = Promise.resolve()

/** TrueType or OpenType bytes out of a font file of any kind that we read: TTF, OTF, WOFF2. Throws FONT_UNREADABLE. */
export async function unpackFont(bytes: Uint8Array, file: string): Promise<Uint8Array> {
  const tag = String.fromCharCode(...bytes.subarray(0, 4))
  if (tag === 'wOFF') {
    throw new FlatRenderError('FONT_UNREADABLE', {
      file,
      reason: 'it is WOFF 1; WOFF2 and TrueType are read',
    })
  }
  if (tag !== 'wOF2') return bytes
  // The result is a view of memory that the next call uses again, so calls wait for each other.
  const unpacked = queue.then(async () => new Uint8Array(await decompress(bytes)))
  queue = unpacked.catch(() => {})
  try {
    return await unpacked
  } catch (cause) {
    throw new FlatRenderError('FONT_UNREADABLE', { file, reason: 'its WOFF2 data is damaged' }, { cause })
  }
}
