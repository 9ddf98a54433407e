import { z } from 'zod'
import { containers } from '../engine/output-settings.ts'
import { chosenOutputSchema } from './output.ts'

const moment = z.iso.datetime()
const count = z.int().nonnegative()

/** Where a render is on its way; the last three are ends. */
export const renderStates = [
  'queued',
  'preparing',
  'rendering',
  'assembling',
  'succeeded',
  'failed',
  'cancelled',
] as const
export type RenderState = (typeof renderStates)[number]

/** Who goes first where nodes are short. */
export const lanes = ['preview', 'interactive', 'batch'] as const
export type Lane = (typeof lanes)[number]

/** What is wrong, in our words: a code of the error table, its sentence and what to do. */
export const fault = z.object({
  code: z.string(),
  message: z.string(),
  remedy: z.string(),
  data: z.record(z.string(), z.unknown()),
})
export type Fault = z.infer<typeof fault>

/** Something that a person should know though the video is made. */
export const warning = z.object({
  code: z.string(),
  message: z.string(),
  scene: z.string(),
  /** Place of the scene in the story, from 0. */
  sceneIndex: count,
  slot: z.string(),
})
export type RenderWarning = z.infer<typeof warning>

/** Frames of the timeline. `done` holds the cached ones too; null before the plan is made. */
const frameCounts = z.object({ total: count.nullable(), done: count, cached: count, repaired: count })

/** A finished file of a render. */
export const renderExport = z.object({
  id: z.uuid(),
  renderId: z.uuid(),
  container: z.enum(containers),
  /** An expired one is gone, and can be made again for a while. */
  state: z.enum(['assembling', 'ready', 'failed', 'expired']),
  bytes: count.nullable(),
  /** SHA-256 in hexadecimal. */
  sha256: z.string().nullable(),
  durationMs: count.nullable(),
  /** When it will be removed; null: never. */
  expiresAt: moment.nullable(),
  /** How long what it is made of is kept, so that it can be made again; null before it is there. */
  recreatableUntil: moment.nullable(),
  createdAt: moment,
})

/** Entries of one render's metadata, at most. */
export const METADATA_ENTRIES = 50

/** The caller's own words on a render: given back, and searched. */
export const metadata = z
  .record(z.string().min(1).max(100), z.union([z.string().max(1000), z.number(), z.boolean(), z.null()]))
  .refine(
    (given) => Object.keys(given).length <= METADATA_ENTRIES,
    `holds more than ${METADATA_ENTRIES} entries`,
  )

/** A video to be made, and how far it is. */
export const render = z.object({
  id: z.uuid(),
  state: z.enum(renderStates),
  templateId: z.guid(),
  versionId: z.guid(),
  output: chosenOutputSchema,
  lane: z.enum(lanes),
  metadata,
  frames: frameCounts,
  credits: z.object({
    /** What is promised for it now: 0 once it is over. */
    reserved: count,
    /** What was taken for the video; null until it is there, and for one that failed or was cancelled. */
    settled: count.nullable(),
  }),
  warnings: z.array(warning),
  /** Why it failed; null unless it did. */
  failure: fault.nullable(),
  /** Which render this one repeats. */
  retryOfId: z.uuid().nullable(),
  /** The row of a batch that it is; null where it was asked for by itself. */
  batch: z.object({ id: z.uuid(), row: z.int().positive() }).nullable(),
  exports: z.array(renderExport),
  createdAt: moment,
  finishedAt: moment.nullable(),
})
export type RenderView = z.infer<typeof render>

/** Why a render is not worked on. */
const wait = z.object({
  reason: z.enum([
    /** Other renders of the account are under way, and its plan allows no more at once. */
    'account',
    /** A file of the story is looked at by a node first. */
    'media',
    /** As much work of the account runs as its plan allows. */
    'cap',
    /** An attempt failed, and the next one comes soon. */
    'resting',
    /** No node is there. */
    'no_node',
    /** The nodes that could do it work only while their machines are idle, and take none now: somebody uses them, as a rule. */
    'nodes_in_use',
    /** The nodes that could do it are paused, drained or quarantined, or take no work, as with a full disk. */
    'nodes_paused',
    /** No node runs the engine that it was planned for. */
    'no_node_of_build',
    /** Nodes have other work. */
    'queue',
  ]),
  message: z.string(),
  /** Place of its first frame job among its account's, from 1; for `account` that of the render among those that wait. */
  position: z.int().positive().nullable(),
  /** Frame jobs that are expected to go first, others' too; for `account` those of its own that are planned. */
  jobsBefore: count.nullable(),
  /** Seconds until it goes on, as far as can be told. */
  expectedSeconds: z.number().nonnegative().nullable(),
})

/** How far a render is now. */
export const renderProgress = z.object({
  state: z.enum(renderStates),
  frames: frameCounts,
  /** Seconds until it is done, as far as the pace so far tells. */
  secondsLeft: z.number().nonnegative().nullable(),
  /** Null while it is worked on. */
  waiting: wait.nullable(),
  failure: fault.nullable(),
})
export type RenderProgressView = z.infer<typeof renderProgress>
