import { z } from 'zod'
import { fault, lanes, metadata, renderStates } from './values.ts'

const moment = z.iso.datetime()
const count = z.int().nonnegative()

/** Where a batch is on its way; the last three are ends. It has succeeded if any of its videos is there. */
export const batchStates = [
  /** Of all or nothing alone: rows are looked at before any is taken on. */
  'examining',
  /** Rows become renders, a portion at a time. */
  'placing',
  'running',
  'cancelling',
  'succeeded',
  'failed',
  'cancelled',
] as const
export type BatchState = (typeof batchStates)[number]

/** Where a row is: not taken on yet, never, or where its render is. */
export const batchRowStates = [
  'waiting',
  /** Of all or nothing alone: it was looked at and is right, and is taken on once all others are. */
  'examined',
  'refused',
  ...renderStates,
] as const
export type BatchRowState = (typeof batchRowStates)[number]

/** What has become of a batch's rows. */
export const batchTally = z.object({
  rows: z.object({
    total: count,
    /** Nobody has decided about these yet. */
    waiting: count,
    /** Of all or nothing alone: found right, and not taken on yet. */
    examined: count,
    /** Never became a render; `GET /batches/{id}/rows?state=refused` says why. */
    refused: count,
    /** Became a render, however that ended. */
    accepted: count,
    /** Renders that are not over. */
    open: count,
    succeeded: count,
    failed: count,
    /** Renders, and rows that never became one. */
    cancelled: count,
  }),
  /** Of all timelines that are planned. `done` holds the cached ones too. */
  frames: z.object({ total: count, done: count, cached: count }),
  /** What is promised now for its renders that are not over, and what was taken for those that succeeded. */
  credits: z.object({ reserved: count, settled: count }),
})
export type BatchTally = z.infer<typeof batchTally>

/** Many videos of one template, and how far they are. */
export const batch = batchTally.extend({
  id: z.uuid(),
  state: z.enum(batchStates),
  name: z.string().nullable(),
  templateId: z.guid(),
  versionId: z.guid(),
  lane: z.enum(lanes),
  allOrNothing: z.boolean(),
  metadata,
  /** Until all is over, by the pace of its rows so far; null while none is known. */
  secondsLeft: z.number().nonnegative().nullable(),
  /** Why nothing of it is rendered, where all or nothing was wanted; a row’s own stands with the row. */
  failure: fault.nullable(),
  createdAt: moment,
  finishedAt: moment.nullable(),
})
export type BatchView = z.infer<typeof batch>

/** One row of a batch. */
export const batchRow = z.object({
  /** From 1. */
  row: z.int().positive(),
  name: z.string().nullable(),
  state: z.enum(batchRowStates),
  /** Null where it is not taken on. */
  renderId: z.uuid().nullable(),
  /** Its finished file, unless that is gone; `GET /exports/{id}` opens it. */
  exportId: z.uuid().nullable(),
  /** Everything that is wrong with it, or why its render failed. */
  errors: z.array(fault),
})
export type BatchRowView = z.infer<typeof batchRow>
