/** A file that goes into a ZIP. */
export interface ZipFile {
  /** Its name there: relative, with `/` between folders. */
  readonly name: string
  readonly bytes: number
  readonly modifiedAt: Date
}

/** Above what a field of the old format can't say it, and one of ZIP64 does. Tests take less, to write less. */
export interface ZipLimits {
  readonly bytes: number
  readonly files: number
}

/** Those of the format. */
export const ZIP_LIMITS: ZipLimits = { bytes: 0xffffffff, files: 0xffff }

/** A file's place in a ZIP. */
export interface PlacedFile<File extends ZipFile = ZipFile> {
  readonly file: File
  readonly name: Buffer
  /** Where its header begins. */
  readonly offset: number
  /** Is it too large for the old format? */
  readonly large: boolean
}

/** A ZIP before a byte of its files is read. */
export interface ZipLayout<File extends ZipFile = ZipFile> {
  readonly files: readonly PlacedFile<File>[]
  /** Where the directory begins. */
  readonly directory: number
  /** Of the whole ZIP. */
  readonly bytes: number
}

const [LOCAL, DESCRIPTOR, LARGE_DESCRIPTOR, CENTRAL] = [30, 16, 24, 46]
const [END, LARGE_END, LOCATOR] = [22, 56, 20]
/** Extra field with both sizes. */
const LARGE_EXTRA = 20

/**
 * Places files one after the other, stored as they are: what is a video already gets no smaller. Every size is known from
 * this, so that whoever downloads it sees how much is left.
 */
export function layOutZip<File extends ZipFile>(
  files: readonly File[],
  limits: ZipLimits = ZIP_LIMITS,
): ZipLayout<File> {
  let offset = 0
  const placed = files.map((file): PlacedFile<File> => {
    const name = Buffer.from(file.name)
    const large = file.bytes >= limits.bytes
    const place = { file, name, offset, large }
    offset +=
      LOCAL + name.length + (large ? LARGE_EXTRA : 0) + file.bytes + (large ? LARGE_DESCRIPTOR : DESCRIPTOR)
    return place
  })
  const directory = offset
  for (const place of placed) offset += CENTRAL + place.name.length + extraOf(place, limits).length
  const isLarge = needsLargeEnd(placed, { from: directory, to: offset }, limits)
  return { files: placed, directory, bytes: offset + (isLarge ? LARGE_END + LOCATOR : 0) + END }
}

/** What stands before a file: its sum isn't known yet, and stands behind it. */
export function writeLocalHeader({ file, name, large }: PlacedFile): Buffer {
  const head = Buffer.alloc(LOCAL)
  head.writeUInt32LE(0x04034b50, 0)
  writeCommon(head, 4, { file, large })
  // Sum and sizes: behind the file. A size of ZIP64 is told by what stands here.
  if (large) head.fill(0xff, 18, 26)
  head.writeUInt16LE(name.length, 26)
  head.writeUInt16LE(large ? LARGE_EXTRA : 0, 28)
  return Buffer.concat([head, name, large ? writeExtra([0, 0]) : Buffer.alloc(0)])
}

/** What stands behind a file. */
export function writeDescriptor({ file, large }: PlacedFile, crc: number): Buffer {
  const tail = Buffer.alloc(large ? LARGE_DESCRIPTOR : DESCRIPTOR)
  tail.writeUInt32LE(0x08074b50, 0)
  tail.writeUInt32LE(crc, 4)
  if (large) {
    tail.writeBigUInt64LE(BigInt(file.bytes), 8)
    tail.writeBigUInt64LE(BigInt(file.bytes), 16)
  } else {
    tail.writeUInt32LE(file.bytes, 8)
    tail.writeUInt32LE(file.bytes, 12)
  }
  return tail
}

/** A file's entry in the directory. */
export function writeEntry(place: PlacedFile, crc: number, limits: ZipLimits = ZIP_LIMITS): Buffer {
  const { file, name, offset, large } = place
  const head = Buffer.alloc(CENTRAL)
  head.writeUInt32LE(0x02014b50, 0)
  // Made by Unix, for its rights beside.
  head.writeUInt16LE((3 << 8) | VERSION_LARGE, 4)
  const far = offset >= limits.bytes
  writeCommon(head, 6, { file, large: large || far })
  head.writeUInt32LE(crc, 16)
  head.writeUInt32LE(large ? 0xffffffff : file.bytes, 20)
  head.writeUInt32LE(large ? 0xffffffff : file.bytes, 24)
  head.writeUInt16LE(name.length, 28)
  const extra = extraOf(place, limits)
  head.writeUInt16LE(extra.length, 30)
  head.writeUInt32LE((0o100644 << 16) >>> 0, 38)
  head.writeUInt32LE(far ? 0xffffffff : offset, 42)
  return Buffer.concat([head, name, extra])
}

/** What stands at the end. */
export function writeEnd({ files, directory, bytes }: ZipLayout, limits: ZipLimits = ZIP_LIMITS): Buffer {
  const large = bytes - END - LARGE_END - LOCATOR
  const isLarge = needsLargeEnd(files, { from: directory, to: large }, limits)
  const to = isLarge ? large : bytes - END
  const end = Buffer.alloc(END)
  end.writeUInt32LE(0x06054b50, 0)
  if (!isLarge) {
    end.writeUInt16LE(files.length, 8)
    end.writeUInt16LE(files.length, 10)
    end.writeUInt32LE(to - directory, 12)
    end.writeUInt32LE(directory, 16)
    return end
  }
  end.fill(0xff, 8, 20)
  return Buffer.concat([writeLargeEnd(files.length, directory, to), end])
}

function writeLargeEnd(count: number, directory: number, to: number): Buffer {
  const record = Buffer.alloc(LARGE_END + LOCATOR)
  record.writeUInt32LE(0x06064b50, 0)
  record.writeBigUInt64LE(BigInt(LARGE_END - 12), 4)
  record.writeUInt16LE((3 << 8) | VERSION_LARGE, 12)
  record.writeUInt16LE(VERSION_LARGE, 14)
  record.writeBigUInt64LE(BigInt(count), 24)
  record.writeBigUInt64LE(BigInt(count), 32)
  record.writeBigUInt64LE(BigInt(to - directory), 40)
  record.writeBigUInt64LE(BigInt(directory), 48)
  record.writeUInt32LE(0x07064b50, LARGE_END)
  record.writeBigUInt64LE(BigInt(to), LARGE_END + 8)
  record.writeUInt32LE(1, LARGE_END + 16)
  return record
}

/** Version that a reader needs: for plain files, and for ZIP64. */
const [VERSION, VERSION_LARGE] = [20, 45]
/** The sum stands behind the file; the name is UTF-8. */
const FLAGS = 0x0808

/** What header and entry have in common, up to the time. */
function writeCommon(
  head: Buffer,
  at: number,
  { file, large }: { readonly file: ZipFile; readonly large: boolean },
): void {
  head.writeUInt16LE(large ? VERSION_LARGE : VERSION, at)
  head.writeUInt16LE(FLAGS, at + 2)
  // Stored: 0.
  head.writeUInt32LE(writeTime(file.modifiedAt), at + 6)
}

/** Of MS-DOS, in steps of two seconds, from 1980 to 2107; in UTC, as the format names no zone. */
function writeTime(moment: Date): number {
  const year = Math.min(Math.max(moment.getUTCFullYear(), 1980), 2107)
  const day = ((year - 1980) << 9) | ((moment.getUTCMonth() + 1) << 5) | moment.getUTCDate()
  const time =
    (moment.getUTCHours() << 11) | (moment.getUTCMinutes() << 5) | Math.floor(moment.getUTCSeconds() / 2)
  return ((day << 16) | time) >>> 0
}

function extraOf({ file, offset, large }: PlacedFile, limits: ZipLimits): Buffer {
  const values = [...(large ? [file.bytes, file.bytes] : []), ...(offset >= limits.bytes ? [offset] : [])]
  return values.length === 0 ? Buffer.alloc(0) : writeExtra(values)
}

function writeExtra(values: readonly number[]): Buffer {
  const extra = Buffer.alloc(4 + 8 * values.length)
  extra.writeUInt16LE(1, 0)
  extra.writeUInt16LE(8 * values.length, 2)
  for (const [index, value] of values.entries()) extra.writeBigUInt64LE(BigInt(value), 4 + 8 * index)
  return extra
}

function needsLargeEnd(
  files: readonly unknown[],
  { from, to }: { readonly from: number; readonly to: number },
  limits: ZipLimits,
): boolean {
  return files.length >= limits.files || from >= limits.bytes || to - from >= limits.bytes
}
