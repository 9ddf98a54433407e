/**
 * The characters that a font has glyphs for, from its `cmap` table (OpenType, formats 4 and 12). Of an unreadable
 * table the set is empty.
 */
export function readCoverage(bytes: Uint8Array): ReadonlySet<number> {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  const found = new Set<number>()
  const tables = view.getUint16(4)
  for (let index = 0; index < tables; index++) {
    const record = 12 + 16 * index
    if (view.getUint32(record) !== 0x636d6170) continue
    const cmap = view.getUint32(record + 8)
    const encodings = view.getUint16(cmap + 2)
    for (let encoding = 0; encoding < encodings; encoding++) {
      const table = cmap + view.getUint32(cmap + 4 + 8 * encoding + 4)
      const format = view.getUint16(table)
      if (format === 4) readSegments(view, table, found)
      if (format === 12) readGroups(view, table, found)
    }
  }
  return found
}

function readSegments(view: DataView, table: number, found: Set<number>): void {
  const segments = view.getUint16(table + 6) / 2
  const ends = table + 14
  const starts = ends + 2 * segments + 2
  const deltas = starts + 2 * segments
  const offsets = deltas + 2 * segments
  for (let segment = 0; segment < segments; segment++) {
    const start = view.getUint16(starts + 2 * segment)
    const end = view.getUint16(ends + 2 * segment)
    const delta = view.getUint16(deltas + 2 * segment)
    const offset = view.getUint16(offsets + 2 * segment)
    for (let code = start; code <= end && code < 0xffff; code++) {
      const place = offsets + 2 * segment + offset + 2 * (code - start)
      const raw = offset === 0 ? code : view.getUint16(place)
      const glyph = offset !== 0 && raw === 0 ? 0 : (raw + delta) & 0xffff
      if (glyph !== 0) found.add(code)
    }
  }
}

function readGroups(view: DataView, table: number, found: Set<number>): void {
  const groups = view.getUint32(table + 12)
  for (let group = 0; group < groups; group++) {
    const place = table + 16 + 12 * group
    const end = view.getUint32(place + 4)
    const first = view.getUint32(place + 8)
    const start = view.getUint32(place)
    for (let code = start; code <= end; code++) if (first + code - start !== 0) found.add(code)
  }
}
