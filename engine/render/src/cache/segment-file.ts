import { createHash } from 'node:crypto'
import type { EncodedStream, StreamParameters } from '@flatrender/engine-media'

/** What a worker found out about a segment while painting it. */
export interface SegmentManifest {
  readonly key: string
  readonly frames: number
  /** Frame of the segment → packed thumbprint of what was painted: of the first, or of all where all were verified. */
  readonly thumbprints: Readonly<Record<string, string>>
  /** SHA-256 of every frame as it went into the encoder; only where a digest was asked for. */
  readonly frameHashes?: readonly string[]
}

/** A painted segment: its packets, and what was seen while painting it. */
export interface Segment {
  readonly manifest: SegmentManifest
  readonly stream: EncodedStream
}

interface Header extends SegmentManifest {
  readonly parameters: StreamParameters
  /** pts, dts, duration, key, bytes of data, bytes of side data. */
  readonly packets: readonly (readonly [number, number, number, 0 | 1, number, number])[]
}

const MAGIC = Buffer.from('FRSEG1\n\0')
const HASH_BYTES = 32

/** Lays a segment out as one file: magic, length of header, header, packets, SHA-256 of all before. */
export function writeSegment({ manifest, stream }: Segment): Buffer {
  const header: Header = {
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
  const json = Buffer.from(JSON.stringify(header))
  const length = Buffer.alloc(4)
  length.writeUInt32LE(json.length)
  const payload = stream.packets.flatMap(({ data, sideData }) =>
    sideData === undefined ? [data] : [data, sideData],
  )
  const body = Buffer.concat([MAGIC, length, json, ...payload])
  return Buffer.concat([body, createHash('sha256').update(body).digest()])
}

/** Reads it back; undefined if anything about it is not as it was written. */
export function readSegment(bytes: Buffer): Segment | undefined {
  const end = bytes.length - HASH_BYTES
  if (end < MAGIC.length + 4 || !bytes.subarray(0, MAGIC.length).equals(MAGIC)) return undefined
  const hash = createHash('sha256').update(bytes.subarray(0, end)).digest()
  if (!hash.equals(bytes.subarray(end))) return undefined
  const start = MAGIC.length + 4
  const headerEnd = start + bytes.readUInt32LE(MAGIC.length)
  const header = JSON.parse(bytes.toString('utf8', start, headerEnd)) as Header
  const { parameters, packets: index, ...manifest } = header
  let at = headerEnd
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
  return { manifest, stream: { parameters, packets } }
}
