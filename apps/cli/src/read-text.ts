import { readFile } from 'node:fs/promises'

const LINE_FEED = 0x0a

/** Reads a text file in UTF-8, without its byte order mark. Fails where it isn't UTF-8, and names the line. */
export async function readText(file: string): Promise<string> {
  const bytes = await readFile(file)
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes)
  } catch {
    throw new Error(`line ${findForeignLine(bytes)} is not UTF-8; save the file as UTF-8`)
  }
}

/** The first line, from 1, that is not UTF-8. A line feed is never a part of another character. */
function findForeignLine(bytes: Uint8Array): number {
  let line = 1
  for (let start = 0; start < bytes.length; line++) {
    const end = bytes.indexOf(LINE_FEED, start)
    const next = end === -1 ? bytes.length : end + 1
    try {
      new TextDecoder('utf-8', { fatal: true }).decode(bytes.subarray(start, next))
    } catch {
      return line
    }
    start = next
  }
  return line
}
