import { z } from 'zod'
import { mediaFileSchema } from '../inputs/media-file.ts'
import { storedPackageSchema } from '../plans/stored-package.ts'

/** All that compiling a snapshot takes, as its row keeps it. */
export const snapshotRequestSchema = z.object({
  stored: storedPackageSchema,
  templateVersionId: z.guid(),
  modifications: z.record(z.string(), z.unknown()),
  scene: z.string(),
  /** Of the animation as it was designed; null: its best. */
  frame: z.int().nonnegative().nullable(),
  /** Shape of the video. */
  format: z.string(),
  width: z.int().positive(),
  height: z.int().positive(),
  type: z.enum(['png', 'webp']),
  background: z.string().nullable(),
  /** By plan: our mark lies over it. */
  watermarked: z.boolean(),
  priority: z.int(),
  /** `src` → the stored file, of those that are. */
  media: z.record(z.string(), mediaFileSchema),
})
export type SnapshotRequest = z.infer<typeof snapshotRequestSchema>
