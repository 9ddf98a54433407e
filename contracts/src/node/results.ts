import { z } from 'zod'
import { mediaInfoSchema, sha256 } from '../engine/render-plan.ts'
import { storableJson, storableText } from './storable.ts'

/** Bytes. */
const size = z.int().positive()
/** As many as PostgreSQL counts in four bytes. */
const count = z.int32().nonnegative()
const pixels = z.int32().positive()
const text = (longest: number) => z.string().max(longest).transform(storableText)

/** A file that was put where the order said. */
const putFile = { hash: sha256, bytes: size }

/** What came of an order. */
export const nodeResultSchema = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('frames'),
    /** In the order's sequence. */
    segments: z.array(
      z.object({
        key: sha256,
        ...putFile,
        frames: z.int32().positive(),
        /** SHA-256 over the packets' times, flags and contents: within one build every node gets the same. */
        packets: sha256,
        /** Frames, counted from the segment's first, that came out wrong and were painted again on the node. */
        repaired: z.array(count).default([]),
      }),
    ),
  }),
  z.object({
    kind: z.literal('snapshot'),
    ...putFile,
    width: pixels,
    height: pixels,
  }),
  z.object({ kind: z.literal('probe'), info: mediaInfoSchema }),
  z.object({
    kind: z.literal('thumbnail'),
    ...putFile,
    width: pixels,
    height: pixels,
  }),
  z.object({
    kind: z.literal('compare'),
    /** Each segment of the order but the last, beside that. */
    beside: z
      .array(
        z.object({
          /** Do they show the same, as far as two architectures may? */
          same: z.boolean(),
          /** Of any cell of any frame's thumbprint, of 255. */
          largestDifference: z.int().min(0).max(255),
        }),
      )
      .min(1)
      .max(2),
  }),
  /** Silence is a file as well: it says so. */
  z.object({ kind: z.literal('sound'), ...putFile }),
  z.object({ kind: z.literal('assemble'), ...putFile, durationMs: count }),
])
export type NodeResult = z.infer<typeof nodeResultSchema>

/** A worker that died, or was killed for standing still or taking too much. */
export const workerCrashSchema = z.object({
  kind: z.enum(['died', 'stuck', 'out_of_memory']),
  signal: text(32).nullable(),
  /** Windows tells 32 bits without a sign. */
  exitCode: z
    .int()
    .min(-(2 ** 31))
    .max(2 ** 32 - 1)
    .nullable(),
  /** The last that it wrote to its standard error. */
  lastLines: text(16_000),
  /** Name of the piece, and the frame of it that was being painted. */
  piece: text(500).nullable(),
  frame: count.nullable(),
  /** Resident bytes, when last seen. */
  rssBytes: z.int().nonnegative().nullable(),
})
export type NodeCrash = z.infer<typeof workerCrashSchema>

/** Why an order could not be carried out. */
export const nodeFailureSchema = z.object({
  /** One of our error codes. */
  code: text(100),
  data: z.record(z.string(), z.unknown()).transform(storableJson),
  /** Would another try, elsewhere, perhaps end better? What is wrong with the order itself stays so. */
  retryable: z.boolean(),
  crash: workerCrashSchema.optional(),
  /** Frames that came out wrong twice, by segment key: counted from the segment's first. */
  wrongFrames: z
    .array(z.object({ key: sha256, frames: z.array(count).min(1), reason: text(1000) }))
    .optional(),
})
export type NodeFailure = z.infer<typeof nodeFailureSchema>
