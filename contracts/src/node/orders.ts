import { z } from 'zod'
import { containers } from '../engine/output-settings.ts'
import {
  plannedPieceSchema,
  plannedSegmentSchema,
  renderPlanSchema,
  sha256,
  soundPlanSchema,
  videoSettingsSchema,
} from '../engine/render-plan.ts'

const bytes = z.int().nonnegative()

/** A file that a node gets: its content is named, so one that it holds isn't fetched. */
export const inputFileSchema = z.object({
  /** SHA-256 of the file. */
  hash: sha256,
  bytes,
  /** Opens it without any other right, for as long as the lease may last. It may be relative to the server's own. */
  url: z.string(),
  /** With its dot, such as `.mp4`; empty: unknown. */
  extension: z.string().max(16),
})
export type InputFile = z.infer<typeof inputFileSchema>

/** A template's package: a `.lottie` archive. */
export const templateFileSchema = z.object({
  /** SHA-256 over its paths and contents: names the template, however it is packed. */
  contentHash: sha256,
  /** SHA-256 of the archive. */
  hash: sha256,
  bytes,
  url: z.string(),
})
export type TemplateFile = z.infer<typeof templateFileSchema>

/** Where what was made is put, by PUT; the server looks there once it is reported. */
const outputAddress = z.string()

/** What compiled scenes need to be painted. */
const painted = {
  /** Holds the pictures that the template brings; null where none is needed. */
  template: templateFileSchema.nullable(),
  /** People's pictures and videos that the compiled scenes name. */
  media: z.array(inputFileSchema),
}

/** Consecutive segments of one piece. */
export const framesOrderSchema = z.object({
  kind: z.literal('frames'),
  ...painted,
  /** The compiled Lottie's JSON. */
  lottie: inputFileSchema,
  piece: plannedPieceSchema,
  settings: videoSettingsSchema,
  background: z.string().nullable(),
  /** What is decoded again and compared with the painted picture. */
  verify: z.enum(['key', 'full']),
  segments: z.array(plannedSegmentSchema.extend({ put: outputAddress })).min(1),
})
export type FramesOrder = z.infer<typeof framesOrderSchema>

/** One frame of a compiled Lottie as a picture. */
export const snapshotOrderSchema = z.object({
  kind: z.literal('snapshot'),
  ...painted,
  lottie: inputFileSchema,
  /** Frame of the composition, fractions too. */
  frame: z.number().nonnegative(),
  width: z.int().positive(),
  height: z.int().positive(),
  format: z.enum(['png', 'webp']),
  /** CSS colour under it; null keeps transparency. */
  background: z.string().nullable(),
  put: outputAddress,
})
export type SnapshotOrder = z.infer<typeof snapshotOrderSchema>

/** What is this file of a person? */
export const probeOrderSchema = z.object({ kind: z.literal('probe'), media: inputFileSchema })
export type ProbeOrder = z.infer<typeof probeOrderSchema>

/** A small picture of a person's file: of a video, its frame at some second. */
export const thumbnailOrderSchema = z.object({
  kind: z.literal('thumbnail'),
  media: inputFileSchema,
  seconds: z.number().nonnegative(),
  /** Pixels that neither side exceeds. */
  maxSide: z.int().positive(),
  format: z.enum(['png', 'webp']),
  put: outputAddress,
})
export type ThumbnailOrder = z.infer<typeof thumbnailOrderSchema>

/** Mixes the sound of a whole timeline and encodes it once. */
export const soundOrderSchema = z.object({
  kind: z.literal('sound'),
  plan: soundPlanSchema,
  /** Decides the codec. */
  container: z.enum(containers),
  /** The engine's build that it was planned for. */
  engine: z.string(),
  /** Holds the music and effects that the template brings. */
  template: templateFileSchema.nullable(),
  media: z.array(inputFileSchema),
  put: outputAddress,
})
export type SoundOrder = z.infer<typeof soundOrderSchema>

/** Joins a render's segments, without encoding again, with its sound. */
export const assembleOrderSchema = z.object({
  kind: z.literal('assemble'),
  plan: renderPlanSchema,
  /** By segment key: every key of the plan once. */
  segments: z.array(z.object({ key: sha256, hash: sha256, bytes, url: z.string() })),
  /** What a sound order left. */
  sound: z.object({ hash: sha256, bytes, url: z.string() }).nullable(),
  put: outputAddress,
})
export type AssembleOrder = z.infer<typeof assembleOrderSchema>

/** Compares the pictures of segments that several nodes painted: the first two with the last. */
export const compareOrderSchema = z.object({
  kind: z.literal('compare'),
  segments: z.array(inputFileSchema).min(2).max(3),
})
export type CompareOrder = z.infer<typeof compareOrderSchema>

/** What a node is told to do. */
export const nodeOrderSchema = z.discriminatedUnion('kind', [
  framesOrderSchema,
  snapshotOrderSchema,
  probeOrderSchema,
  thumbnailOrderSchema,
  soundOrderSchema,
  assembleOrderSchema,
  compareOrderSchema,
])
export type NodeOrder = z.infer<typeof nodeOrderSchema>

/** Kinds of frame jobs. */
export const jobKinds = ['frames', 'probe', 'thumbnail', 'snapshot', 'sound', 'assemble', 'compare'] as const
export type JobKind = (typeof jobKinds)[number]
