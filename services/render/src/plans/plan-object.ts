import { buffer } from 'node:stream/consumers'
import { renderPlanSchema, soundPlanSchema } from '@flatrender/contracts/engine'
import type { Storage } from '@flatrender/platform/storage'
import { z } from 'zod'
import { mediaFileSchema } from '../inputs/media-file.ts'

const sha256 = z.string().regex(/^[0-9a-f]{64}$/)

/** A file as an order names it, before it is signed: by storage key. */
const orderedFile = z.object({ hash: sha256, bytes: z.int(), objectKey: z.string(), extension: z.string() })

/** A template's package likewise. */
const orderedTemplate = z.object({
  contentHash: sha256,
  hash: sha256,
  bytes: z.int(),
  objectKey: z.string(),
})

/** All that is needed to carry a plan out, as one stored file: orders are written from it, also when a file is made again. */
export const planObjectSchema = z.object({
  version: z.literal(1),
  plan: renderPlanSchema,
  /** Null for silence. */
  sound: soundPlanSchema.nullable(),
  template: orderedTemplate,
  /** For each piece of the plan. */
  pieces: z.array(
    z.object({
      /** Under whom its segments are kept: the publishing tenant, where it is made of shared inputs alone. */
      tenantId: z.guid(),
      lottie: orderedFile,
      /** SHA-256 of people's files that it shows. */
      media: z.array(sha256),
      /** Does it show pictures of the package? */
      packaged: z.boolean(),
    }),
  ),
  /** People's files that pieces or sound need. */
  files: z.array(mediaFileSchema),
})
export type PlanObject = z.infer<typeof planObjectSchema>

/** Reads a stored plan. Errors: STORED_FILE_MISSING, STORAGE_UNREACHABLE. */
export async function readPlanObject(storage: Storage, key: string): Promise<PlanObject> {
  const { stream } = await storage.get(key)
  return planObjectSchema.parse(JSON.parse((await buffer(stream)).toString()))
}

/** A person's file as orders name it. */
export function orderFile({ files }: PlanObject, hash: string): z.infer<typeof orderedFile> {
  const file = files.find((one) => one.hash === hash)
  if (file === undefined) throw new Error(`the plan needs the file ${hash} and does not say where it is`)
  const { bytes, objectKey, extension } = file
  return { hash, bytes, objectKey, extension }
}
