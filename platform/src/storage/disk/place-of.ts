import path from 'node:path'
import { assertKey, decodePart, encodePart } from '../storage-key.ts'

/** Ends the name of every file and of no folder: `a` and `a/b` may both be keys. */
export const FILE_MARK = '~'

/** Where the file of a key lies. Errors: STORAGE_KEY_INVALID. */
export function placeOf(root: string, key: string): string {
  assertKey(key)
  return `${path.join(root, ...key.split('/').map(encodePart))}${FILE_MARK}`
}

/** The key whose file lies there: a file is moved as it is, so nothing in it can say. */
export function keyAt(root: string, file: string): string {
  return path.relative(root, file).slice(0, -FILE_MARK.length).split(path.sep).map(decodePart).join('/')
}
