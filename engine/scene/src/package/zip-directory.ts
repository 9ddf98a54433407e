/** One file of a ZIP archive, as its central directory tells (PKWARE APPNOTE 6.3.10, section 4.3.12). */
export interface ZipEntry {
  readonly path: string
  readonly method: number
  readonly crc32: number
  readonly compressedSize: number
  readonly size: number
  /** Where its compressed bytes begin. */
  readonly dataStart: number
  readonly encrypted: boolean
  /** Anything but a plain file by its Unix mode: a symbolic link, a device. */
  readonly special: boolean
}

const END_OF_DIRECTORY = 0x06054b50
const DIRECTORY_ENTRY = 0x02014b50
const LOCAL_ENTRY = 0x04034b50
const FILE_TYPE_MASK = 0o170000
const REGULAR_FILE = 0o100000
const FOLDER = 0o040000

/** Reads the directory of a ZIP archive, folders left out; throws an Error saying what is damaged. */
export function readZipDirectory(bytes: Uint8Array): ZipEntry[] {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  const end = findEnd(view)
  const count = view.getUint16(end + 10, true)
  let at = view.getUint32(end + 16, true)
  if (count === 0xffff || at === 0xffffffff) throw new Error('it is a ZIP64 archive')
  const entries: ZipEntry[] = []
  for (let i = 0; i < count; i++) {
    if (at + 46 > bytes.length || view.getUint32(at, true) !== DIRECTORY_ENTRY)
      throw new Error('its directory is damaged')
    const entry = readEntry(view, bytes, at)
    if (!entry.path.endsWith('/')) entries.push(entry)
    at += 46 + view.getUint16(at + 28, true) + view.getUint16(at + 30, true) + view.getUint16(at + 32, true)
  }
  return entries
}

function findEnd(view: DataView): number {
  const lowest = Math.max(0, view.byteLength - 22 - 0xffff)
  for (let at = view.byteLength - 22; at >= lowest; at--) {
    // Its comment must end where the archive ends; bytes inside a cut-off file may look like the end too.
    const isEnd = view.getUint32(at, true) === END_OF_DIRECTORY
    if (isEnd && at + 22 + view.getUint16(at + 20, true) === view.byteLength) return at
  }
  throw new Error('it has no directory at its end')
}

function readEntry(view: DataView, bytes: Uint8Array, at: number): ZipEntry {
  const nameLength = view.getUint16(at + 28, true)
  const local = view.getUint32(at + 42, true)
  if (local + 30 > bytes.length || view.getUint32(local, true) !== LOCAL_ENTRY)
    throw new Error('its directory is damaged')
  const name = bytes.subarray(at + 46, at + 46 + nameLength)
  const localName = bytes.subarray(local + 30, local + 30 + view.getUint16(local + 26, true))
  if (name.length !== localName.length || name.some((byte, index) => byte !== localName[index]))
    throw new Error('its directory and its entries disagree')
  const compressedSize = view.getUint32(at + 20, true)
  const dataStart = local + 30 + view.getUint16(local + 26, true) + view.getUint16(local + 28, true)
  if (dataStart + compressedSize > bytes.length) throw new Error('an entry reaches past its end')
  const type = (view.getUint32(at + 38, true) >>> 16) & FILE_TYPE_MASK
  return {
    path: new TextDecoder().decode(name),
    method: view.getUint16(at + 10, true),
    crc32: view.getUint32(at + 16, true),
    compressedSize,
    size: view.getUint32(at + 24, true),
    dataStart,
    encrypted: (view.getUint16(at + 8, true) & 1) !== 0,
    special: type !== 0 && type !== REGULAR_FILE && type !== FOLDER,
  }
}
