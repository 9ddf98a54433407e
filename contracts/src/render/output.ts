import { z } from 'zod'
import { containers, qualities, videoCodecs } from '../engine/output-settings.ts'
import { formatNameSchema } from '../template/names.ts'

/** How a video is wanted; what is left out follows from the template. */
export const outputChoiceSchema = z.strictObject({
  /** Shape of the video, such as `9:16`; the template's first unless told. */
  format: formatNameSchema.optional(),
  container: z.enum(containers).default('mp4'),
  codec: z.enum(videoCodecs).optional(),
  /** `720p` is the shorter side, `1200x628` both. The template's own size unless told, but no larger than the plan allows. */
  resolution: z.string().min(2).max(20).optional(),
  /** Frames a second, such as 30 or `30000/1001`. */
  fps: z.union([z.number(), z.string().max(20)]).optional(),
  quality: z.enum(qualities).optional(),
  transparent: z.boolean().optional(),
  /** Seconds of the video, from and to; all of it unless told. */
  range: z.tuple([z.number().min(0), z.number().positive()]).optional(),
})
export type OutputChoice = z.infer<typeof outputChoiceSchema>

/** How a video will be, with nothing left to default. Pixels. */
export const chosenOutputSchema = z.object({
  format: z.string(),
  container: z.enum(containers),
  codec: z.enum(videoCodecs),
  width: z.int().positive(),
  height: z.int().positive(),
  fps: z.object({ num: z.int().positive(), den: z.int().positive() }),
  quality: z.enum(qualities),
  transparent: z.boolean(),
  range: z.tuple([z.number(), z.number()]).nullable(),
})
export type ChosenOutput = z.infer<typeof chosenOutputSchema>
