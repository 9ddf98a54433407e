import { z } from 'zod'
import { colorSchema, idSchema, volumeSchema } from './names.ts'
import {
  cropSchema,
  digitStyles,
  focalPointSchema,
  mediaFits,
  textAlignments,
  textDirections,
} from './slot.ts'
import { transitionDirections } from './transition.ts'

/** A span of the source, in seconds from its beginning. */
export const trimSchema = z
  .strictObject({ start: z.number().min(0), end: z.number().positive() })
  .refine((trim) => trim.end >= trim.start + 0.01, 'end at least 0.01 s after start')

/** A picture or video with how it is shown. A bare string is the source alone. */
export const mediaValueSchema = z.strictObject({
  src: z.string().min(1),
  fit: z.enum(mediaFits).optional(),
  focal: focalPointSchema.optional(),
  crop: cropSchema.optional(),
  /** Parts of the video that are played one after the other; all of it when absent. */
  trims: z.array(trimSchema).min(1).max(100).optional(),
  /** 2 plays twice as fast. */
  speed: z.number().min(0.1).max(16).optional(),
  /** Of the video's own sound. */
  volume: volumeSchema.optional(),
  /** Plays again from the start when the scene is longer; otherwise the last frame stays. */
  loop: z.boolean().optional(),
})

/** Words with how they are set. A bare string is the words alone; `\n` begins a new paragraph. */
export const textValueSchema = z.strictObject({
  text: z.string(),
  alignment: z.enum(textAlignments).optional(),
  direction: z.enum(textDirections).optional(),
  digits: z.enum(digitStyles).optional(),
})

/** What a person may give for one slot; the slot's type decides which of these is right. */
export const slotValueSchema = z.union([
  z.string(),
  z.number(),
  z.boolean(),
  textValueSchema,
  mediaValueSchema,
])
export type SlotValue = z.infer<typeof slotValueSchema>

/** Slot id → value. */
const slotValuesSchema = z.record(idSchema, slotValueSchema)
export type SlotValues = z.infer<typeof slotValuesSchema>

/** One sound with its trims and fades. Seconds; volume is linear, 1 leaves it as it is. */
export const soundSchema = z.strictObject({
  src: z.string().min(1),
  volume: volumeSchema.optional(),
  trimStart: z.number().min(0).optional(),
  trimEnd: z.number().positive().optional(),
  fadeIn: z.number().min(0).optional(),
  fadeOut: z.number().min(0).optional(),
  loop: z.boolean().optional(),
  /** Where on the timeline it begins; for a scene's voice-over, where in the scene. */
  start: z.number().min(0).optional(),
})
export type Sound = z.infer<typeof soundSchema>

const soundOrSource = z.union([z.string().min(1), soundSchema])

/** The transition from a scene to the next: its id in the template, or with another length or direction. */
export const transitionChoiceSchema = z.union([
  idSchema,
  z.strictObject({
    id: idSchema,
    seconds: z.number().min(0).max(5).optional(),
    direction: z.enum(transitionDirections).optional(),
  }),
])

/** One scene of the story. The same scene may stand in it several times. */
export const storySceneSchema = z.strictObject({
  scene: idSchema,
  /** Seconds; or what the scene's length follows. Absent: as the template says. */
  duration: z.union([z.number().positive().max(3600), z.enum(['text', 'media', 'voiceover'])]).optional(),
  modifications: slotValuesSchema.optional(),
  transition: transitionChoiceSchema.optional(),
  voiceover: soundOrSource.optional(),
})
export type StoryScene = z.infer<typeof storySceneSchema>

/** The name of one of the template's palettes; or colours by role, on top of the named one if `name` is given. */
export const paletteChoiceSchema = z.union([
  idSchema,
  z.strictObject({ name: idSchema.optional(), colors: z.record(idSchema, colorSchema).optional() }),
])

/** What is heard: everything the template and the media bring, unless it is changed or switched off here. */
export const audioSchema = z.strictObject({
  /** `false` plays none; absent: the template's default track. */
  music: z.union([z.literal(false), soundOrSource]).optional(),
  voiceover: soundOrSource.optional(),
  /** The scenes' sound effects. */
  sfx: z.union([z.literal(false), z.strictObject({ volume: volumeSchema.optional() })]).optional(),
  /** Sound of videos in slots. */
  clips: z.union([z.literal(false), z.strictObject({ volume: volumeSchema.optional() })]).optional(),
  /** Does music step back under the voice? */
  ducking: z.boolean().optional(),
})

/** A picture over everything, scenes and transitions alike. */
export const watermarkSchema = z.strictObject({
  src: z.string().min(1),
  position: z
    .enum(['top-left', 'top-right', 'bottom-left', 'bottom-right', 'center'])
    .default('bottom-right'),
  /** Share of the video's shorter side that the picture's longer side takes. */
  size: z.number().min(0.02).max(1).default(0.12),
  opacity: z.number().min(0).max(1).default(0.7),
})

/** Everything a person gives: which scenes in which order, and what stands in them. */
export const modificationsSchema = z.strictObject({
  $schema: z.string().optional(),
  /** BCP 47 tag of the words; decides localised letter forms. */
  language: z.string().optional(),
  /** A story of the template; the first when absent and no scenes are given. */
  preset: idSchema.optional(),
  scenes: z.array(storySceneSchema).min(1).max(500).optional(),
  palette: paletteChoiceSchema.optional(),
  audio: audioSchema.optional(),
  watermark: watermarkSchema.optional(),
})
export type Modifications = z.infer<typeof modificationsSchema>
export type Audio = z.infer<typeof audioSchema>
export type Watermark = z.infer<typeof watermarkSchema>
export type MediaValue = z.infer<typeof mediaValueSchema>
export type TextValue = z.infer<typeof textValueSchema>

/** The short form for a fixed story: `{ "title": "…", "intro.logo": "./logo.png" }`. */
export const flatModificationsSchema = z.record(z.string(), slotValueSchema)
export type FlatModifications = z.infer<typeof flatModificationsSchema>
