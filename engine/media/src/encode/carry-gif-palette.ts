import type { EncodedPacket } from './encoded-stream.ts'

// Sizes in the GIF89a specification: header and logical screen; graphic control extension; image descriptor.
const headerBytes = 13
const controlBytes = 8
const descriptorBytes = 10

/**
 * FFmpeg writes a segment's palette once, as the file's global table. A joined file has many segments, so each
 * picture is given the table as its own. (FFmpeg's option for that, `global_palette=0`, loses pixels.)
 */
export function carryGifPalette(packets: readonly EncodedPacket[]): EncodedPacket[] {
  const first = packets[0]?.data
  if (!first) return []
  const screen = first[10] ?? 0
  const sizeBits = screen & 7
  const table =
    (screen & 0x80) !== 0 ? first.subarray(headerBytes, headerBytes + 3 * (2 << sizeBits)) : Buffer.alloc(0)
  return packets.map((packet, index) => {
    if (table.length === 0) return packet
    const header = Buffer.from(packet.data.subarray(0, index === 0 ? headerBytes : 0))
    if (index === 0) header[10] = screen & 0x7f
    const picture = packet.data.subarray(index === 0 ? headerBytes + table.length : 0)
    return { ...packet, data: Buffer.concat([header, insertTable(picture, table, sizeBits)]) }
  })
}

function insertTable(picture: Buffer, table: Buffer, sizeBits: number): Buffer {
  const end = controlBytes + descriptorBytes
  if (picture[0] !== 0x21 || picture[1] !== 0xf9 || picture[controlBytes] !== 0x2c)
    throw new Error('a GIF picture of an unknown shape')
  const head = Buffer.from(picture.subarray(0, end))
  const flags = head[end - 1] ?? 0
  if ((flags & 0x80) !== 0) return picture
  head[end - 1] = (flags & 0x78) | 0x80 | sizeBits
  return Buffer.concat([head, table, picture.subarray(end)])
}
