import { crc32 } from './crc32.ts'

/** One file, compressed already. */
export interface ZipInput {
  readonly path: string
  readonly content: Uint8Array
  /** The raw deflate stream; absent: stored as it is. */
  readonly deflated?: Uint8Array
}

/** 1980-01-01, the first day that a ZIP entry can hold; a real date would make equal packages differ. */
const FIXED_DATE = (1 << 5) | 1
const UTF8_NAMES = 0x0800
/** Version 2.0 of the format, made on Unix. */
const VERSION = 20
const MADE_BY = (3 << 8) | VERSION
const PLAIN_FILE = (0o100644 << 16) >>> 0

/** Writes a ZIP archive (PKWARE APPNOTE 6.3.10) of these files in this order, undated: equal input, equal bytes. */
export function writeZip(files: readonly ZipInput[]): Uint8Array {
  const parts: Uint8Array[] = []
  const directory: Uint8Array[] = []
  let at = 0
  for (const { path, content, deflated } of files) {
    const name = new TextEncoder().encode(path)
    const packed = deflated ?? content
    const shared = [VERSION, UTF8_NAMES, deflated === undefined ? 0 : 8, 0, FIXED_DATE]
    const sizes = [crc32(content), packed.length, content.length]
    const local = record(0x04034b50, shared, sizes, [name.length, 0])
    directory.push(
      record(0x02014b50, [MADE_BY, ...shared], sizes, [name.length, 0, 0, 0, 0], [PLAIN_FILE, at]),
      name,
    )
    parts.push(local, name, packed)
    at += local.length + name.length + packed.length
  }
  const length = directory.reduce((sum, part) => sum + part.length, 0)
  const end = record(0x06054b50, [0, 0, files.length, files.length], [length, at], [0])
  return joinBytes([...parts, ...directory, end])
}

/** A signature, then runs of 16-bit, 32-bit, 16-bit and 32-bit numbers, little-endian. */
function record(signature: number, ...runs: number[][]): Uint8Array {
  const bytes: number[] = []
  const put = (value: number, size: number) => {
    for (let byte = 0; byte < size; byte++) bytes.push((value >>> (8 * byte)) & 0xff)
  }
  put(signature, 4)
  runs.forEach((run, index) => {
    for (const value of run) put(value, index % 2 === 0 ? 2 : 4)
  })
  return Uint8Array.from(bytes)
}

function joinBytes(parts: readonly Uint8Array[]): Uint8Array {
  const whole = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0))
  let at = 0
  for (const part of parts) {
    whole.set(part, at)
    at += part.length
  }
  return whole
}
