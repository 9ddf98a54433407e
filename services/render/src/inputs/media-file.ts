import path from 'node:path'
import { z } from 'zod'

/** A file that a story names, once it was found. */
export const mediaFileSchema = z.object({
  /** Under whom it is kept, and probed. */
  tenantId: z.guid(),
  /** SHA-256 in hexadecimal. */
  hash: z.string().regex(/^[0-9a-f]{64}$/),
  objectKey: z.string(),
  bytes: z.int(),
  extension: z.string(),
  /** Of one of the file service's, which is told that it is needed. */
  fileId: z.guid().optional(),
})
export type MediaFile = z.infer<typeof mediaFileSchema>

/** The end of a name as nodes are told it: with its dot, or empty. */
export function extensionOf(name: string): string {
  const extension = path.posix.extname(name).toLowerCase()
  return /^\.[a-z0-9]{1,15}$/.test(extension) ? extension : ''
}
