import { z } from 'zod'

/** SHA-256 in hexadecimal. */
export const sha256 = z.string().regex(/^[0-9a-f]{64}$/)

/** As one PUT to S3 takes it. */
export const fileBytes = z
  .int()
  .min(0)
  .max(5 * 1024 ** 3)

/** What a file is for a person: by its media type, and for a finished video by where it comes from. */
export const fileKinds = ['picture', 'video', 'sound', 'font', 'template', 'export', 'other'] as const
export type FileKind = (typeof fileKinds)[number]

/** A name that every file system takes. */
export const fileName = z
  .string()
  .min(1)
  .max(255)
  .regex(/^[^/\\\p{Cc}]+$/u)
  .refine((name) => name.isWellFormed() && name.trim() !== '', 'it is no name')

/** A media type (RFC 6838), without parameters. */
export const mediaType = z
  .string()
  .max(120)
  .regex(/^[a-z0-9.+-]+\/[a-z0-9.+-]+$/)

/** A file that is there. */
export const file = z.object({
  id: z.guid(),
  name: z.string(),
  kind: z.enum(fileKinds),
  /** As it was announced. */
  contentType: z.string(),
  bytes: fileBytes,
  sha256,
  /** The user whose it is; null: the tenant's own. */
  ownerId: z.uuid().nullable(),
  createdAt: z.iso.datetime(),
})
