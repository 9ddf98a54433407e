import { access, constants, stat } from 'node:fs/promises'
import path from 'node:path'
import { FlatRenderError } from '@flatrender/contracts/errors'
import { AV_OPT_SEARCH_CHILDREN, AV_OPT_TYPE_STRING } from 'node-av/constants'
import { FFmpegError, FormatContext } from 'node-av/lib'
import { quietFfmpeg } from './quiet-ffmpeg.ts'

// What people bring. Playlists and manifests are absent: they would make FFmpeg open other files and addresses.
const formats = [
  'mov,mp4,m4a,3gp,3g2,mj2',
  'matroska,webm',
  'avi',
  'mpegts',
  'mpeg',
  'flv',
  'asf',
  'ogg',
  'mp3',
  'aac',
  'wav',
  'w64',
  'flac',
  'aiff',
  'caf',
  'amr',
  'gif',
  'apng',
  'mxf',
  'ivf',
  'y4m',
].join(',')

/** Throws MEDIA_NOT_FOUND unless the path is a file that we may read. */
export async function requireFile(file: string): Promise<void> {
  try {
    await access(file, constants.R_OK)
    if ((await stat(file)).isFile()) return
  } catch (cause) {
    throw new FlatRenderError('MEDIA_NOT_FOUND', { file }, { cause })
  }
  throw new FlatRenderError('MEDIA_NOT_FOUND', { file })
}

/**
 * Opens a video or sound file, and nothing else that it may refer to. The caller closes it with `closeInput`.
 * @throws FlatRenderError MEDIA_NOT_FOUND or MEDIA_UNREADABLE.
 */
export async function openInput(file: string): Promise<FormatContext> {
  await requireFile(file)
  quietFfmpeg()
  const format = new FormatContext()
  format.allocContext()
  for (const [name, value] of [
    ['format_whitelist', formats],
    ['protocol_whitelist', 'file'],
  ] as const)
    FFmpegError.throwIfError(format.setOption(name, value, AV_OPT_TYPE_STRING, AV_OPT_SEARCH_CHILDREN))
  // The prefix keeps a colon in the name from being read as a protocol.
  const opened = await format.openInput(`file:${path.resolve(file)}`)
  if (opened < 0) throw unreadable(file, opened)
  const found = await format.findStreamInfo()
  if (found < 0) {
    await format.closeInput()
    throw unreadable(file, found)
  }
  return format
}

function unreadable(file: string, code: number): FlatRenderError {
  const reason = FFmpegError.strerror(code).toLowerCase()
  return new FlatRenderError('MEDIA_UNREADABLE', { file, reason }, { cause: FFmpegError.fromCode(code) })
}
