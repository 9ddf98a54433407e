import { z } from 'zod'
import { containers, qualities, videoCodecs } from './output-settings.ts'

/** SHA-256 in hexadecimal. */
export const sha256 = z.string().regex(/^[0-9a-f]{64}$/)

const count = z.int().nonnegative()
const size = z.int().positive()

/** All that decides how painted frames become packets; see `VideoSettings`. */
export const videoSettingsSchema = z.object({
  codec: z.enum(videoCodecs),
  width: size,
  height: size,
  fps: z.object({ num: size, den: size }),
  quality: z.enum(qualities),
  alpha: z.boolean(),
})

/** Where a slot must be seen: worker and farm look there while painting. Pixels of the output. */
export const slotCheckSchema = z.object({
  scene: z.string(),
  slot: z.string(),
  kind: z.enum(['text', 'media']),
  /** Index of its layer in the composition, then in the precomp that this one refers to, and so on. */
  layer: z.array(count).readonly(),
  /** Output frame of the piece. */
  frame: count,
  box: z.object({ x: z.number(), y: z.number(), width: z.number(), height: z.number() }),
})
export type SlotCheck = z.infer<typeof slotCheckSchema>

/** A run of frames that one compiled Lottie paints: a scene alone, or a transition. */
export const plannedPieceSchema = z.object({
  /** For people: `intro`, `intro → outro`. */
  name: z.string(),
  /** SHA-256 of the compiled Lottie's JSON. */
  lottie: sha256,
  /** How far one output frame goes on in the composition, frames of it. */
  step: z.number().positive(),
  checks: z.array(slotCheckSchema).readonly(),
  /** Output frames that show the same picture as the one before: the scene stands still. */
  still: z.array(z.tuple([count, count]).readonly()).readonly(),
})
export type PlannedPiece = z.infer<typeof plannedPieceSchema>

/** The unit of cache and repair: one closed-GOP encoder run. */
export const plannedSegmentSchema = z.object({
  /** SHA-256 of all that can change a bit of it. */
  key: sha256,
  /** Index of its piece. */
  piece: count,
  /** Frames of the piece: first, and one past the last. */
  from: count,
  to: size,
  /** First frame on the timeline. */
  start: count,
})
export type PlannedSegment = z.infer<typeof plannedSegmentSchema>

/** What will be done, decided before any work: data, frozen and hashed. */
export const renderPlanSchema = z.object({
  version: z.literal(1),
  /** Names the code and libraries that paint and encode. */
  engine: z.string(),
  container: z.enum(containers),
  settings: videoSettingsSchema,
  /** CSS colour under everything; null keeps transparency. */
  background: z.string().nullable(),
  frames: size,
  pieces: z.array(plannedPieceSchema).readonly(),
  segments: z.array(plannedSegmentSchema).readonly(),
  /** SHA-256 of the sound's plan; null for silence. */
  audio: sha256.nullable(),
})
export type RenderPlan = z.infer<typeof renderPlanSchema>

/** One stretch of sound on the timeline, its file named by content. Seconds; volume is linear. */
export const plannedTrackSchema = z.object({
  kind: z.enum(['music', 'voice', 'sfx', 'clip']),
  hash: sha256,
  start: z.number(),
  trimStart: z.number(),
  /** Of the source; absent: to its end. */
  trimEnd: z.number().exactOptional(),
  /** Begins again until the video ends. */
  loop: z.boolean(),
  speed: z.number().positive(),
  volume: z.number().nonnegative(),
  fadeIn: z.number().nonnegative(),
  fadeOut: z.number().nonnegative(),
})
export type PlannedTrack = z.infer<typeof plannedTrackSchema>

/** All that decides a bit of a render's sound. Seconds. */
export const soundPlanSchema = z.object({
  tracks: z.array(plannedTrackSchema).readonly(),
  /** Length of the whole timeline, and the part of it that is wanted. */
  seconds: z.number().positive(),
  range: z.object({ start: z.number(), end: z.number() }),
  /** Does music step back under a voice? */
  ducking: z.boolean(),
})
export type SoundPlan = z.infer<typeof soundPlanSchema>

/** What compiling has to know of a person's file; nothing is decoded for it twice. */
export const mediaInfoSchema = z.discriminatedUnion('kind', [
  /** Upright, pixels. */
  z.object({ kind: z.literal('picture'), hash: sha256, width: size, height: size }),
  z.object({
    kind: z.literal('video'),
    hash: sha256,
    width: size,
    height: size,
    /** 0: nobody can say. */
    seconds: z.number().nonnegative(),
    hasAudio: z.boolean(),
  }),
  z.object({ kind: z.literal('sound'), hash: sha256, seconds: z.number().nonnegative() }),
])
export type MediaInfo = z.infer<typeof mediaInfoSchema>
