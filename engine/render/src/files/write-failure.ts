import { existsSync } from 'node:fs'
import path from 'node:path'
import { type ErrorCode, FlatRenderError, isFlatRenderError } from '@flatrender/contracts/errors'

/**
 * Says in our words why a file could not be written, by the name that its reader knows; what isn't the file system's
 * fault stays as it is.
 */
export function writeFailure(error: unknown, file: string): unknown {
  if (isFlatRenderError(error, 'OUTPUT_DISK_FULL', 'OUTPUT_FOLDER_MISSING', 'OUTPUT_UNWRITABLE'))
    return new FlatRenderError(
      error.code,
      { ...error.data, file, folder: path.dirname(file) },
      { cause: error },
    )
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
  // A folder like /proc is there and takes no file all the same.
  if (ours === 'OUTPUT_FOLDER_MISSING' && existsSync(path.dirname(file)))
    return new FlatRenderError('OUTPUT_UNWRITABLE', { file, reason: code }, { cause: error })
  return new FlatRenderError(ours, { file, folder: path.dirname(file), reason: code }, { cause: error })
}
