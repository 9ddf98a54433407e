import { z } from 'zod'

/** Ids of scenes, slots, presets, roles: lower-case words, digits, `-` and `_`, so that `scene.slot` stays readable. */
export const idSchema = z
  .string()
  .regex(/^[a-z][a-zA-Z0-9_-]{0,63}$/, 'a lower-case letter, then up to 63 letters, digits, - or _')

/** A text in several languages, keyed by BCP 47 tag: `{ "en": "Intro", "fa": "آغاز" }`. At least one. */
export const localisedTextSchema = z
  .record(z.string().regex(/^[a-z]{2,3}(-[A-Za-z0-9]+)*$/), z.string().min(1))
  .refine((texts) => Object.keys(texts).length > 0, 'at least one language')
export type LocalisedText = z.infer<typeof localisedTextSchema>

/** An sRGB colour: #rgb, #rrggbb or #rrggbbaa. */
export const colorSchema = z
  .string()
  .regex(/^#([0-9a-fA-F]{3}|[0-9a-fA-F]{6}|[0-9a-fA-F]{8})$/, 'a colour like #1a2b3c')

/** A path inside the package: relative, forward slashes, no `..`, never outside. */
export const packagePathSchema = z
  .string()
  .regex(/^(?!\/)(?!.*(^|\/)\.\.?(\/|$))(?!.*\/\/)[^\\:\0]+$/, 'a relative path inside the package')

/** Frames a second: a number or "30000/1001". */
export const frameRateSchema = z
  .union([z.number().positive().max(120), z.string().regex(/^[1-9]\d{0,5}\/[1-9]\d{0,5}$/)])
  .refine((rate) => {
    const [num = 0, den = 1] = String(rate).split('/').map(Number)
    return num / den >= 1 && num / den <= 120
  }, '1 to 120 frames a second, such as 30 or "30000/1001"')

/** `16:9`, `9:16`, `1:1`, or any other ratio of two small numbers. */
export const formatNameSchema = z.string().regex(/^[1-9]\d{0,2}:[1-9]\d{0,2}$/, 'a ratio like 16:9')

/** Linear gain of a sound: 0 is silence, 1 unchanged, 2 is +6 dB. */
export const volumeSchema = z.number().min(0).max(4)
