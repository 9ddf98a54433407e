/** What a worker found out about a segment while painting it. */
export interface SegmentManifest {
  readonly key: string
  readonly frames: number
  /** Frame of the segment → packed thumbprint of what was painted: of the first, or of all where all were verified. */
  readonly thumbprints: Readonly<Record<string, string>>
  /** SHA-256 of every frame as it went into the encoder; only where a digest was asked for. */
  readonly frameHashes?: readonly string[]
}

/** pts, dts, duration, key, bytes of data, bytes of side data. */
export type PacketEntry = readonly [number, number, number, 0 | 1, number, number]

/** What stands before a segment's packets, as JSON. `parameters` are the encoder's, for who decodes. */
export interface SegmentHeader extends SegmentManifest {
  readonly parameters: object
  readonly packets: readonly PacketEntry[]
}

/** A header that was read, and where its packets lie in the file. */
export interface LaidSegment {
  readonly header: SegmentHeader
  /** Where the first packet begins, bytes. */
  readonly packetsAt: number
  /** Length of the whole file, bytes. */
  readonly bytes: number
}

/** A segment's file: magic, length of header, header, packets, SHA-256 of all before. */
const MAGIC = new TextEncoder().encode('FRSEG1\n\0')
const LENGTH_BYTES = 4
/** Length of the hash at the file's end. */
export const SEGMENT_HASH_BYTES = 32

/** What a segment's file begins with; its packets and the hash over all follow. */
export function layOutHeader(header: SegmentHeader): Uint8Array {
  const json = new TextEncoder().encode(JSON.stringify(header))
  const bytes = new Uint8Array(MAGIC.length + LENGTH_BYTES + json.length)
  bytes.set(MAGIC)
  new DataView(bytes.buffer).setUint32(MAGIC.length, json.length, true)
  bytes.set(json, MAGIC.length + LENGTH_BYTES)
  return bytes
}

/**
 * Reads a segment's header; the beginning of its file is enough if all of the header is in it. Undefined for what is no
 * header. The hash at the file's end isn't looked at.
 */
export function readSegmentManifest(file: Uint8Array): LaidSegment | undefined {
  const jsonAt = MAGIC.length + LENGTH_BYTES
  if (file.length < jsonAt || MAGIC.some((byte, index) => file[index] !== byte)) return undefined
  const packetsAt = jsonAt + new DataView(file.buffer, file.byteOffset).getUint32(MAGIC.length, true)
  if (packetsAt > file.length) return undefined
  const header = parseHeader(new TextDecoder().decode(file.subarray(jsonAt, packetsAt)))
  if (header === undefined) return undefined
  const payload = header.packets.reduce((sum, [, , , , data, sideData]) => sum + data + sideData, 0)
  return { header, packetsAt, bytes: packetsAt + payload + SEGMENT_HASH_BYTES }
}

/** Segments come from other machines too: whatever stands there, nothing is thrown. */
function parseHeader(json: string): SegmentHeader | undefined {
  try {
    const header: unknown = JSON.parse(json)
    return isHeader(header) ? header : undefined
  } catch {
    return undefined
  }
}

function isHeader(value: unknown): value is SegmentHeader {
  if (typeof value !== 'object' || value === null) return false
  const { key, frames, thumbprints, parameters, packets } = value as Partial<Record<string, unknown>>
  const isRecord = (field: unknown) => typeof field === 'object' && field !== null
  return (
    typeof key === 'string' &&
    Number.isSafeInteger(frames) &&
    isRecord(thumbprints) &&
    isRecord(parameters) &&
    Array.isArray(packets) &&
    packets.every(isPacket)
  )
}

function isPacket(value: unknown): value is PacketEntry {
  if (!Array.isArray(value) || value.length !== 6 || !value.every(Number.isSafeInteger)) return false
  return value[4] >= 0 && value[5] >= 0
}
