import path from 'node:path'
import { type ErrorCode, FlatRenderError } from '@flatrender/contracts/errors'

/** Says in our words why a file could not be written; what isn't the file system's fault stays as it is. */
export function writeFailure(error: unknown, file: string): unknown {
  const code = error instanceof Error && 'code' in error ? String(error.code) : undefined
  const known: Record<string, ErrorCode> = {
    ENOSPC: 'OUTPUT_DISK_FULL',
    EDQUOT: 'OUTPUT_DISK_FULL',
    ENOENT: 'OUTPUT_FOLDER_MISSING',
    ENOTDIR: 'OUTPUT_FOLDER_MISSING',
    EACCES: 'OUTPUT_UNWRITABLE',
    EPERM: 'OUTPUT_UNWRITABLE',
    EROFS: 'OUTPUT_UNWRITABLE',
    EISDIR: 'OUTPUT_UNWRITABLE',
  }
  const ours = code === undefined ? undefined : known[code]
  if (ours === undefined) return error
  return new FlatRenderError(ours, { file, folder: path.dirname(file), reason: code }, { cause: error })
}
