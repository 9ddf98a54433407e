import { openVideoReader, type VideoReader } from '@flatrender/engine-media'

/** Videos that stay open from frame to frame. */
export interface VideoShelf {
  /** The reader of the video with this hash, opened at the first asking. */
  take(hash: string): Promise<VideoReader>
  close(): Promise<void>
}

/** `files`: SHA-256 of a video → its file. Errors while taking: those of opening a video. */
export function openVideoShelf(files: Readonly<Record<string, string>>): VideoShelf {
  const readers = new Map<string, Promise<VideoReader>>()
  return {
    take(hash) {
      const file = files[hash]
      if (file === undefined) throw new Error(`no file is named for the video ${hash}`)
      const reader = readers.get(hash) ?? openVideoReader(file)
      readers.set(hash, reader)
      return reader
    },
    async close() {
      for (const reader of readers.values()) await (await reader.catch(() => undefined))?.close()
    },
  }
}
