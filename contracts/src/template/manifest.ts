import { z } from 'zod'
import { modificationsSchema } from './modifications.ts'
import {
  colorSchema,
  formatNameSchema,
  frameRateSchema,
  idSchema,
  localisedTextSchema,
  packagePathSchema,
  volumeSchema,
} from './names.ts'
import { slotSchema } from './slot.ts'
import { transitionSchema } from './transition.ts'

/** The manifest version this engine writes and reads. */
export const MANIFEST_VERSION = 1

/** A font file in the package. Text is laid out with these first, then with the engine's fallback fonts. */
export const fontSchema = z.strictObject({
  /** The family that the Lottie's `fonts.list[].fFamily` names. */
  family: z.string().min(1),
  style: z.string().min(1).default('Regular'),
  weight: z.int().min(1).max(1000).default(400),
  italic: z.boolean().default(false),
  file: packagePathSchema,
  sha256: z.string().regex(/^[0-9a-f]{64}$/),
  licence: z.string().optional(),
})

/** A sound at a moment of a scene, such as a whoosh under a title. */
export const cueSchema = z.strictObject({
  /** Frame of the scene's own animation; it moves along when the scene is stretched. */
  frame: z.number().min(0),
  file: packagePathSchema,
  volume: volumeSchema.default(1),
})

/** How long a scene lasts: what the template wants, what it bears, and what decides. */
export const durationSchema = z.strictObject({
  /** Seconds. Absent: as long as the animation is. */
  default: z.number().positive().max(3600).optional(),
  min: z.number().positive().max(3600).optional(),
  max: z.number().positive().max(3600).optional(),
  /** What decides when the person doesn't: `text` reads at 15 characters a second, `media` the longest video. */
  follows: z.enum(['nothing', 'text', 'media', 'voiceover']).default('nothing'),
})

/** One scene: its animation in every format, and what a person may change in it. */
export const sceneSchema = z.strictObject({
  id: idSchema,
  name: localisedTextSchema,
  description: localisedTextSchema.optional(),
  /** Format → path of the Lottie file. */
  animations: z.record(formatNameSchema, packagePathSchema),
  duration: durationSchema.default({ follows: 'nothing' }),
  /** Frame of the animation that shows the scene at its best; everything is in place there. */
  snapshotFrame: z.number().min(0),
  slots: z.record(idSchema, slotSchema).default({}),
  cues: z.array(cueSchema).default([]),
  /** Ids of transitions that may lead out of it; all of the template's when absent. */
  transitions: z.array(idSchema).optional(),
})
export type ManifestScene = z.infer<typeof sceneSchema>

/** Size of a format’s compositions in pixels. Output is scaled to the resolution that is asked for. */
export const formatSchema = z.strictObject({
  width: z.int().min(16).max(8192),
  height: z.int().min(16).max(8192),
})

/** Colours of the whole video, by role. */
export const paletteSchema = z.strictObject({
  /** Role → what it is for and its colour. Lottie properties with the `sid` `palette.<role>` take it. */
  roles: z.record(idSchema, z.strictObject({ name: localisedTextSchema.optional(), default: colorSchema })),
  /** Ready-made palettes; a role they leave out keeps its default. */
  named: z
    .record(idSchema, z.strictObject({ name: localisedTextSchema, colors: z.record(idSchema, colorSchema) }))
    .default({}),
})

/** A ready-made story: scenes in order, with values. The first is played when a person chooses nothing. */
export const presetSchema = z.strictObject({
  id: idSchema,
  name: localisedTextSchema,
  description: localisedTextSchema.optional(),
  story: modificationsSchema.required({ scenes: true }),
})

/** The template’s own track. Seconds; volume is linear. */
export const musicSchema = z.strictObject({
  file: packagePathSchema,
  name: localisedTextSchema.optional(),
  volume: volumeSchema.default(1),
  loop: z.boolean().default(true),
  fadeIn: z.number().min(0).default(0),
  fadeOut: z.number().min(0).default(1.5),
})

/** `flatrender.json`: what makes a dotLottie archive a template. */
export const manifestSchema = z.strictObject({
  $schema: z.string().optional(),
  flatrender: z.literal(MANIFEST_VERSION),
  id: idSchema,
  version: z.string().regex(/^\d+\.\d+\.\d+(-[0-9A-Za-z.-]+)?$/, 'a version like 1.2.0'),
  name: localisedTextSchema,
  description: localisedTextSchema.optional(),
  /** SPDX expression, or a sentence. */
  licence: z.string().min(1),
  /** BCP 47 tags of the languages it is made for; `check` wants glyphs for them. */
  languages: z.array(z.string().min(2)).min(1),
  fps: frameRateSchema,
  formats: z.record(formatNameSchema, formatSchema),
  palette: paletteSchema.default({ roles: {}, named: {} }),
  fonts: z.array(fontSchema).default([]),
  scenes: z.array(sceneSchema).min(1),
  transitions: z.array(transitionSchema).default([]),
  /** Between scenes when the story doesn't say. Absent: a cut. */
  defaultTransition: idSchema.optional(),
  presets: z.array(presetSchema).min(1),
  music: musicSchema.optional(),
  /** Language → path of sample modifications, such as `data/en.json`. */
  samples: z.record(z.string(), packagePathSchema).default({}),
})
export type Manifest = z.infer<typeof manifestSchema>
export type ManifestFont = z.infer<typeof fontSchema>
