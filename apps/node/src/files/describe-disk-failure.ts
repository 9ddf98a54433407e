import path from 'node:path'
import { FlatRenderError } from '@flatrender/contracts/errors'

const FULL: ReadonlySet<string | undefined> = new Set(['ENOSPC', 'EDQUOT'])
const UNUSABLE: ReadonlySet<string | undefined> = new Set([
  'EACCES',
  'EPERM',
  'EROFS',
  'ENOTDIR',
  'EISDIR',
  'ENOENT',
])

/** Says in our words why a file could not be written; what isn't the disk's fault stays as it is. */
export function describeDiskFailure(error: unknown, file: string): unknown {
  const code = error instanceof Error && 'code' in error ? String(error.code) : undefined
  if (FULL.has(code)) return new FlatRenderError('NODE_DISK_FULL', {}, { cause: error })
  if (!UNUSABLE.has(code)) return error
  const data = { home: path.dirname(file), reason: code }
  return new FlatRenderError('NODE_HOME_UNUSABLE', data, { cause: error })
}
