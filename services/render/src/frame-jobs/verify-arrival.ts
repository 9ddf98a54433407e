import { createHash } from 'node:crypto'
import { isFlatRenderError } from '@flatrender/contracts/errors'
import type { NodeFailure, NodeResult } from '@flatrender/contracts/node'
import { findPacketFault, readSegmentManifest } from '@flatrender/engine-scene'
import type { Storage, StoredFile } from '@flatrender/platform/storage'
import { z } from 'zod'
import { arrivingKey } from './arriving-key.ts'
import type { FrameJobRow } from './frame-jobs-system-store.ts'

/** What an order says of its segments, and where they are put. */
const orderedSegments = z.object({
  segments: z.array(z.object({ key: z.string(), from: z.int(), to: z.int(), objectKey: z.string() })),
})
const orderedFile = z.object({ objectKey: z.string() })

/** Bytes of a segment's file that are read first: nearly every header is in them. */
const HEADER_BYTES = 256 * 1024

/**
 * Looks at what a node says that it put: is it there, with those bytes and that SHA-256? Of a segment also its header: its key,
 * its frames, its packets. Gives what is wrong, as a failure that another attempt may mend; undefined if nothing is: then all of
 * it lies where the order's input says, and no address leads there that anything could be put by.
 */
export async function verifyArrival(
  storage: Storage,
  row: FrameJobRow,
  result: NodeResult,
): Promise<NodeFailure | undefined> {
  if (result.kind !== row.kind) return damaged(row, `it is ${result.kind}, and ${row.kind} was ordered`)
  if (result.kind === 'probe' || result.kind === 'compare') return undefined
  if (result.kind !== 'frames') {
    const arrival = await findArrival(storage, row, orderedFile.parse(row.input).objectKey)
    const reason = await compareFile(storage, arrival, result)
    return reason === undefined
      ? keep(storage, row, [arrival])
      : refuse(storage, damaged(row, reason), [arrival])
  }
  const { segments } = orderedSegments.parse(row.input)
  const keys = result.segments.map(({ key }) => key)
  if (keys.length !== segments.length || segments.some(({ key }, index) => keys[index] !== key))
    return damaged(row, 'these are not the segments that were ordered')
  const arrivals: Arrival[] = []
  const wrong: { key: string; frames: number[]; reason: string }[] = []
  for (const [index, segment] of segments.entries()) {
    const put = result.segments[index]!
    const frames = segment.to - segment.from
    const arrival = await findArrival(storage, row, segment.objectKey)
    arrivals.push(arrival)
    const reason =
      (await compareFile(storage, arrival, put)) ??
      (put.frames === frames
        ? await compareHeader(storage, arrival.key, { key: segment.key, frames, bytes: put.bytes })
        : `it holds ${put.frames} frames and not ${frames}`)
    if (reason !== undefined)
      wrong.push({ key: segment.key, frames: Array.from({ length: frames }, (_, frame) => frame), reason })
  }
  if (wrong.length === 0) return keep(storage, row, arrivals)
  return refuse(storage, { ...damaged(row, wrong[0]!.reason), wrongFrames: wrong }, arrivals)
}

/** What was put for one place, and where it lies: where it arrived, or in its place if the same was reported before. */
interface Arrival {
  readonly key: string
  readonly objectKey: string
  readonly stored: StoredFile | undefined
}

async function findArrival(storage: Storage, { fence }: FrameJobRow, objectKey: string): Promise<Arrival> {
  const key = arrivingKey(objectKey, Number(fence))
  const stored = await storage.head(key)
  if (stored !== undefined) return { key, objectKey, stored }
  return { key: objectKey, objectKey, stored: await storage.head(objectKey) }
}

/** Moves what is right into its place. What was changed since it was looked at doesn't get there. */
async function keep(
  storage: Storage,
  row: FrameJobRow,
  arrivals: readonly Arrival[],
): Promise<NodeFailure | undefined> {
  for (const { key, objectKey, stored } of arrivals) {
    if (key === objectKey) continue
    try {
      await storage.move(key, objectKey, stored!.etag)
    } catch (error) {
      if (isFlatRenderError(error, 'STORED_FILE_DIFFERS'))
        return damaged(row, 'it was changed while it was looked at')
      // Said twice at once: the other has moved it.
      if (!isFlatRenderError(error, 'STORED_FILE_MISSING')) throw error
    }
  }
  return undefined
}

/** Removes what is of no use: the next attempt's arrives elsewhere. */
async function refuse(
  storage: Storage,
  failure: NodeFailure,
  arrivals: readonly Arrival[],
): Promise<NodeFailure> {
  for (const { key, objectKey } of arrivals) if (key !== objectKey) await storage.delete(key)
  return failure
}

async function compareFile(
  storage: Storage,
  { key, stored }: Arrival,
  put: { readonly hash: string; readonly bytes: number },
): Promise<string | undefined> {
  if (stored === undefined) return 'nothing was put'
  if (stored.bytes !== put.bytes) return `it has ${stored.bytes} bytes and not ${put.bytes}`
  const hash = stored.sha256 ?? (await hashStored(storage, key))
  return hash === put.hash ? undefined : `its SHA-256 is ${hash} and not ${put.hash}`
}

async function hashStored(storage: Storage, key: string): Promise<string> {
  const hash = createHash('sha256')
  const { stream } = await storage.get(key)
  for await (const chunk of stream) hash.update(chunk as Buffer)
  return hash.digest('hex')
}

async function compareHeader(
  storage: Storage,
  key: string,
  wanted: { readonly key: string; readonly frames: number; readonly bytes: number },
): Promise<string | undefined> {
  const laid =
    readSegmentManifest(await readStart(storage, key, Math.min(HEADER_BYTES, wanted.bytes))) ??
    readSegmentManifest(await readStart(storage, key, wanted.bytes))
  if (laid === undefined) return 'it does not begin as a segment does'
  if (laid.header.key !== wanted.key) return 'it says that it is another segment'
  if (laid.bytes !== wanted.bytes)
    return `its packets make ${laid.bytes} bytes, and there are ${wanted.bytes}`
  return findPacketFault(laid.header, wanted.frames)
}

async function readStart(storage: Storage, key: string, bytes: number): Promise<Buffer> {
  const { stream } = await storage.get(key, { range: { from: 0, to: bytes - 1 } })
  const chunks: Buffer[] = []
  for await (const chunk of stream) chunks.push(chunk as Buffer)
  return Buffer.concat(chunks)
}

/** What came is not what was reported, or ordered; another attempt may mend it. */
export function damaged(row: FrameJobRow, reason: string): NodeFailure {
  return { code: 'ARRIVAL_DAMAGED', data: { job: row.id, node: row.node_id, reason }, retryable: true }
}
