import { z } from 'zod'
import { idSchema, localisedTextSchema } from './names.ts'

const common = { name: localisedTextSchema.optional(), description: localisedTextSchema.optional() }

/** What happens to text that is too long for its place. */
export const fitPolicies = ['none', 'shrink', 'wrap+shrink'] as const
/** How a picture fills its place: cover cuts off what sticks out, contain shows all of it. */
export const mediaFits = ['cover', 'contain'] as const
/** Where lines begin; auto takes each paragraph’s first strong letter. */
export const textDirections = ['auto', 'ltr', 'rtl'] as const
/** Where lines stand: `start` and `end` follow the direction, `template` the design. */
export const textAlignments = ['template', 'start', 'center', 'end', 'left', 'right'] as const
/** Which digits are painted for 0–9 typed in any script; keep leaves them as typed. */
export const digitStyles = ['keep', 'latin', 'arabic', 'persian', 'devanagari', 'bengali', 'thai'] as const

/** A point of the picture that must stay visible when it is cropped: 0,0 is the top left, 1,1 the bottom right. */
export const focalPointSchema = z.strictObject({ x: z.number().min(0).max(1), y: z.number().min(0).max(1) })

/** The part of the picture that is used, as shares of its width and height. */
export const cropSchema = z
  .strictObject({
    x: z.number().min(0).max(1),
    y: z.number().min(0).max(1),
    width: z.number().gt(0).max(1),
    height: z.number().gt(0).max(1),
  })
  .refine((crop) => crop.x + crop.width <= 1.0001 && crop.y + crop.height <= 1.0001, 'inside the picture')

/** Words. Bound to a text layer's document by `sid`. */
export const textSlotSchema = z.strictObject({
  type: z.literal('text'),
  ...common,
  /** Grapheme clusters that a person sees as characters. */
  minCharacters: z.int().min(0).default(0),
  maxCharacters: z.int().min(1).max(5000).default(200),
  /** Most lines that are laid out; more is an overflow. */
  maxLines: z.int().min(1).max(100).default(1),
  /** `none` lays out as asked, `shrink` makes the letters smaller, `wrap+shrink` breaks lines first. */
  fit: z.enum(fitPolicies).default('shrink'),
  /** Smallest share of the designed size that shrinking may reach. */
  minScale: z.number().min(0.1).max(1).default(0.5),
  alignment: z.enum(textAlignments).default('template'),
  direction: z.enum(textDirections).default('auto'),
  digits: z.enum(digitStyles).default('keep'),
  /** Width in the composition's pixels that point text may take; box text brings its own. */
  maxWidth: z.number().positive().optional(),
})

/** A still picture. Bound to an image asset by `sid`. */
export const imageSlotSchema = z.strictObject({
  type: z.literal('image'),
  ...common,
  fit: z.enum(mediaFits).default('cover'),
  focal: focalPointSchema.default({ x: 0.5, y: 0.5 }),
})

/** A picture or a video. Bound to an image asset by `sid`. */
export const mediaSlotSchema = z.strictObject({
  type: z.literal('media'),
  ...common,
  fit: z.enum(mediaFits).default('cover'),
  focal: focalPointSchema.default({ x: 0.5, y: 0.5 }),
})

/** A colour of this scene alone; colours of the whole video are palette roles. */
export const colorSlotSchema = z.strictObject({ type: z.literal('color'), ...common })

/** A number: size, position, progress. Bound to a scalar property by `sid`. */
export const numberSlotSchema = z.strictObject({
  type: z.literal('number'),
  ...common,
  min: z.number().optional(),
  max: z.number().optional(),
})

/** The path of a layer: names from the composition down, `Card/Badge`; `#3` names the layer with `ind` 3. */
const layerPathSchema = z.string().min(1)

/** Shows or hides layers. */
export const booleanSlotSchema = z.strictObject({
  type: z.literal('boolean'),
  ...common,
  default: z.boolean(),
  layers: z.array(layerPathSchema).min(1),
})

/** Shows the layers of one option and hides those of the others. */
export const choiceSlotSchema = z.strictObject({
  type: z.literal('choice'),
  ...common,
  default: idSchema,
  options: z.record(
    idSchema,
    z.strictObject({ name: localisedTextSchema.optional(), layers: z.array(layerPathSchema) }),
  ),
})

/** A template's editable place. Its default is what the Lottie itself holds, save for boolean and choice. */
export const slotSchema = z.discriminatedUnion('type', [
  textSlotSchema,
  imageSlotSchema,
  mediaSlotSchema,
  colorSlotSchema,
  numberSlotSchema,
  booleanSlotSchema,
  choiceSlotSchema,
])

export type Slot = z.infer<typeof slotSchema>
export type TextSlot = z.infer<typeof textSlotSchema>
export type ImageSlot = z.infer<typeof imageSlotSchema>
export type MediaSlot = z.infer<typeof mediaSlotSchema>
export type Crop = z.infer<typeof cropSchema>
export type FocalPoint = z.infer<typeof focalPointSchema>
export type TextDirection = (typeof textDirections)[number]
export type TextAlignment = (typeof textAlignments)[number]
export type FitPolicy = (typeof fitPolicies)[number]
export type DigitStyle = (typeof digitStyles)[number]
