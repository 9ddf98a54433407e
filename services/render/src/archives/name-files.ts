/** Bytes of a name in UTF-8, with its ending: what file systems take. */
const MOST_BYTES = 200
/** What Windows keeps for its devices, with any ending. */
const DEVICES = /^(con|prn|aux|nul|conin\$|conout\$|(com|lpt)[0-9¹²³])(\.|$)/i
/** What can't stand in a name on Windows, and what turns around how a name is read. Joiners stay: Persian needs them. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: these are what is looked for.
const UNSAFE = /[\u0000-\u001f\u007f-\u009f<>:"/\\|?*\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff]/g

/** A file that wants a name. */
export interface NamelessFile {
  /** From 1. */
  readonly row: number
  /** What somebody called it. */
  readonly name: string | null
  /** Without its dot. */
  readonly extension: string
}

/** Names for files of one folder: such as every system takes, and none twice, in whatever case. */
export function nameFiles(files: readonly NamelessFile[], rowsTotal: number): string[] {
  const digits = String(rowsTotal).length
  const taken = new Set<string>()
  /** How often a name was wanted: of ten thousand equal ones each is looked at once. */
  const wanted = new Map<string, number>()
  return files.map(({ row, name, extension }) => {
    const number = String(row).padStart(digits, '0')
    const cleaned = cleanName(name ?? '', extension) || number
    const plain = cut(cleaned, MOST_BYTES - extension.length - 1)
    const first = (wanted.get(keyOf(plain)) ?? 0) + 1
    for (let count = first; ; count++) {
      wanted.set(keyOf(plain), count)
      const mark = count === 1 ? '' : ` (${count})`
      const candidate = `${cut(plain, MOST_BYTES - mark.length - extension.length - 1)}${mark}.${extension}`
      const key = keyOf(candidate)
      if (taken.has(key)) continue
      taken.add(key)
      return candidate
    }
  })
}

/** Names with one key are the same for somebody. */
function keyOf(name: string): string {
  return name.normalize('NFC').toLowerCase()
}

function cleanName(given: string, extension: string): string {
  const plain = given
    .toWellFormed()
    .normalize('NFC')
    .replace(UNSAFE, '_')
    .replace(new RegExp(`\\.${extension}$`, 'i'), '')
  const name = trim(plain)
  return DEVICES.test(name) ? `_${name}` : name
}

/** Neither begins nor ends in a space or a dot: Windows would leave that out, and others would hide it. */
function trim(name: string): string {
  return name.replace(/^[\s.]+|[\s.]+$/g, '')
}

const letters = new Intl.Segmenter()

/** As much of a name as so many bytes hold, in whole letters. */
function cut(name: string, bytes: number): string {
  if (Buffer.byteLength(name) <= bytes) return name
  const kept: string[] = []
  let length = 0
  for (const { segment } of letters.segment(name)) {
    length += Buffer.byteLength(segment)
    if (length > bytes) break
    kept.push(segment)
  }
  return trim(kept.join(''))
}
