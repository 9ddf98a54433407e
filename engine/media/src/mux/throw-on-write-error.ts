import path from 'node:path'
import { FlatRenderError } from '@flatrender/contracts/errors'
import { FFmpegError, PosixError } from 'node-av/lib'

/** Turns a negative code of FFmpeg into the error of ours that says what happened to the file. */
export function throwOnWriteError(code: number, file: string): void {
  if (code >= 0) return
  const cause = FFmpegError.fromCode(code)
  const is = (...names: PosixError[]) => names.some((name) => FFmpegError.AVERROR(name) === code)
  if (is(PosixError.ENOSPC)) throw new FlatRenderError('OUTPUT_DISK_FULL', { file }, { cause })
  if (is(PosixError.ENOENT, PosixError.ENOTDIR))
    throw new FlatRenderError('OUTPUT_FOLDER_MISSING', { folder: path.dirname(file) }, { cause })
  if (is(PosixError.EACCES, PosixError.EPERM, PosixError.EISDIR))
    throw new FlatRenderError('OUTPUT_UNWRITABLE', { file, reason: FFmpegError.strerror(code) }, { cause })
  FFmpegError.throwIfError(code, `write ${file}`)
}

/** The same for an error that Node's file functions threw; anything unexpected is passed on. */
export function translateWriteError(error: unknown, file: string): unknown {
  const code = error instanceof Error && 'code' in error ? error.code : undefined
  const options = { cause: error }
  if (code === 'ENOSPC' || code === 'EDQUOT')
    return new FlatRenderError('OUTPUT_DISK_FULL', { file }, options)
  if (code === 'ENOENT' || code === 'ENOTDIR')
    return new FlatRenderError('OUTPUT_FOLDER_MISSING', { folder: path.dirname(file) }, options)
  if (code === 'EACCES' || code === 'EPERM' || code === 'EISDIR' || code === 'EROFS')
    return new FlatRenderError('OUTPUT_UNWRITABLE', { file, reason: code }, options)
  return error
}
