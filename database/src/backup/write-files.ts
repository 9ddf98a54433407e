import { createHash } from 'node:crypto'
import type { FileSum, FilesSum, FileTitle } from './backup-format.ts'
import { packFrames } from './frames.ts'
import { sumFiles } from './sum-files.ts'
import type { Write } from './write-file.ts'
import { writeNote } from './write-note.ts'

/** A stored file that goes into a backup. */
export interface BackedUpFile extends FileTitle {
  readonly content: AsyncIterable<Uint8Array>
}

/** Writes stored files one after the other. Errors: those of the files. */
export async function writeFiles(
  write: Write,
  files: AsyncIterable<BackedUpFile> | Iterable<BackedUpFile>,
  onFile: (key: string) => void,
  signal?: AbortSignal,
): Promise<FilesSum> {
  const sum = sumFiles()
  for await (const { key, contentType, content } of files) {
    onFile(key)
    const title: FileTitle = { key, contentType }
    await writeNote(write, 'f', title)
    const hash = createHash('sha256')
    let bytes = 0
    for await (const chunk of content) {
      signal?.throwIfAborted()
      hash.update(chunk)
      bytes += chunk.length
      // What the source does with its buffer afterwards is its own affair.
      for (const part of packFrames('d', Buffer.from(chunk))) await write(part)
    }
    const told: FileSum = { ...title, bytes, sha256: hash.digest('hex') }
    await writeNote(write, 's', told)
    sum.add(told)
  }
  return sum.read()
}
