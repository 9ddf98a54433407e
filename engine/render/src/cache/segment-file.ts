import { createHash } from 'node:crypto'
import type { EncodedStream, StreamParameters } from '@flatrender/engine-media'
import {
  layOutHeader,
  readSegmentManifest,
  SEGMENT_HASH_BYTES,
  type SegmentHeader,
  type SegmentManifest,
} from '@flatrender/engine-scene'

/** A painted segment: its packets, and what was seen while painting it. */
export interface Segment {
  readonly manifest: SegmentManifest
  readonly stream: EncodedStream
}

/** What stands before its packets. */
export function headerOf({ manifest, stream }: Segment): SegmentHeader {
  return {
    ...manifest,
    parameters: stream.parameters,
    packets: stream.packets.map(({ pts, dts, duration, key, data, sideData }) => [
      pts,
      dts,
      duration,
      key ? 1 : 0,
      data.length,
      sideData?.length ?? 0,
    ]),
  }
}

/** Lays a segment out as one file. */
export function writeSegment(segment: Segment): Buffer {
  const body = Buffer.concat([layOutHeader(headerOf(segment)), ...payloadOf(segment.stream)])
  return Buffer.concat([body, createHash('sha256').update(body).digest()])
}

/**
 * SHA-256 over the packets' times, flags and contents, and the encoder's parameters: the same on every machine of one
 * engine build, whatever was verified or hashed on the way. Hexadecimal.
 */
export function hashPackets(segment: Segment): string {
  const { parameters, packets } = headerOf(segment)
  const hash = createHash('sha256').update(JSON.stringify([parameters, packets]))
  for (const part of payloadOf(segment.stream)) hash.update(part)
  return hash.digest('hex')
}

function payloadOf({ packets }: EncodedStream): Buffer[] {
  return packets.flatMap(({ data, sideData }) => (sideData === undefined ? [data] : [data, sideData]))
}

/** Reads it back; undefined if anything about it is not as it was written. */
export function readSegment(bytes: Buffer): Segment | undefined {
  const end = bytes.length - SEGMENT_HASH_BYTES
  if (end < 0) return undefined
  const hash = createHash('sha256').update(bytes.subarray(0, end)).digest()
  if (!hash.equals(bytes.subarray(end))) return undefined
  const laid = readSegmentManifest(bytes)
  if (laid === undefined || laid.bytes !== bytes.length) return undefined
  const { parameters, packets: index, ...manifest } = laid.header
  let at = laid.packetsAt
  const take = (length: number): Buffer => {
    at += length
    return bytes.subarray(at - length, at)
  }
  const packets = index.map(([pts, dts, duration, key, size, sideSize]) => ({
    pts,
    dts,
    duration,
    key: key === 1,
    data: take(size),
    ...(sideSize > 0 && { sideData: take(sideSize) }),
  }))
  return { manifest, stream: { parameters: parameters as StreamParameters, packets } }
}
