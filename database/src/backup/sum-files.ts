import { createHash } from 'node:crypto'
import type { FileSum, FilesSum } from './backup-format.ts'

/** Adds up stored files without keeping them. */
export function sumFiles(): { add(file: FileSum): void; read(): FilesSum } {
  const hash = createHash('sha256')
  let [count, bytes] = [0, 0]
  return {
    add(file) {
      hash.update(JSON.stringify(file))
      count++
      bytes += file.bytes
    },
    read: () => ({ count, bytes, sha256: hash.copy().digest('hex') }),
  }
}
