import { createHash } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'
import type { Watermark } from '@flatrender/contracts/template'
import type { MediaInfo, MediaLibrary, PictureInfo, Story } from '@flatrender/engine-scene'

/** What lies over the videos of plans that have a watermark. */
const FILE = fileURLToPath(new URL('../../assets/watermark.png', import.meta.url))
/** Pixels; a test holds them against the picture. */
export const MARK_SIZE = { width: 512, height: 128 }

/** Our watermark: how it lies, what it is, and the file. */
export interface Mark {
  readonly watermark: Watermark
  readonly info: PictureInfo
  readonly file: { readonly content: Uint8Array; readonly extension: string; readonly contentType: string }
}

let opened: Promise<Mark> | undefined

/** Opens the watermark of plans that have one. */
export function openMark(): Promise<Mark> {
  opened ??= readFile(FILE).then((content) => ({
    watermark: { src: 'flatrender:watermark', position: 'bottom-right', size: 0.28, opacity: 0.7 },
    info: {
      kind: 'picture',
      hash: createHash('sha256').update(content).digest('hex'),
      ...MARK_SIZE,
    },
    file: { content, extension: '.png', contentType: 'image/png' },
  }))
  return opened
}

/** A story under a watermark, in the place of one of its own, and its files with ours; without a mark they stay as they are. */
export function markStory(
  mark: Mark | undefined,
  story: Story,
  media: MediaLibrary,
): { story: Story; library: Map<string, MediaInfo> } {
  if (mark === undefined) return { story, library: new Map(media) }
  const { watermark, info } = mark
  return { story: { ...story, watermark }, library: new Map([...media, [watermark.src, info]]) }
}
