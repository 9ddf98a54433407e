import { FlatRenderError, isFlatRenderError } from '@flatrender/contracts/errors'
import type { Storage } from '@flatrender/platform/storage'

/** What was announced, where it came, and where it goes. */
interface Arrival {
  readonly objectKey: string
  readonly to: string
  readonly bytes: number
  readonly sha256: string | null
}

/**
 * Reads what came through once and stores it where nobody can put anything any more; gives its SHA-256 in hexadecimal.
 * Errors: UPLOAD_MISSING, UPLOAD_DIFFERS; those of the storage.
 */
export async function takeIn(
  storage: Storage,
  uploadId: string,
  { objectKey, to, bytes, sha256 }: Arrival,
): Promise<string> {
  const came = await storage.head(objectKey)
  if (came === undefined) throw new FlatRenderError('UPLOAD_MISSING', { upload: uploadId })
  if (came.bytes !== bytes)
    throw new FlatRenderError('UPLOAD_DIFFERS', { what: 'size', found: came.bytes, announced: bytes })
  const { stream, contentType } = await storage.get(objectKey)
  try {
    const stored = await storage.put(to, stream, { contentType, bytes, ...(sha256 !== null && { sha256 }) })
    return stored.sha256!
  } catch (error) {
    if (!isFlatRenderError(error, 'STORED_FILE_DIFFERS')) throw error
    const { what, found, announced } = error.data
    throw new FlatRenderError('UPLOAD_DIFFERS', { what, found, announced }, { cause: error })
  } finally {
    stream.destroy()
  }
}
