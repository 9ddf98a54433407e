import { AV_BUFFERSRC_FLAG_KEEP_REF } from 'node-av/constants'
import { FFmpegError, Frame } from 'node-av/lib'
import { type OpenFilterGraph, openFilterGraph } from '../ffmpeg/open-filter-graph.ts'
import { assumeColours, buildDisplayFilters } from './build-display-filters.ts'
import type { Rotation } from './read-rotation.ts'

/** Turns decoded frames into straight RGBA as a player would show them, all of one size. */
export interface DisplayConverter {
  /** A new buffer of width × height × 4 bytes. */
  convert(frame: Frame): Buffer
  close(): void
}

/** Turns decoded frames of any format into upright RGBA of this size; `rotation` is the container's. */
export function createDisplayConverter(rotation: Rotation, width: number, height: number): DisplayConverter {
  const output = new Frame()
  output.alloc()
  let graph: OpenFilterGraph | undefined
  let built = ''
  return {
    convert(frame) {
      assumeColours(frame)
      // A stream may change its size or colours on the way.
      const description = buildDisplayFilters(frame, rotation, width, height)
      if (!graph || built !== description) {
        graph?.close()
        graph = openFilterGraph(description)
        built = description
      }
      const added = graph.filter('buffer@in').buffersrcAddFrameSync(frame, AV_BUFFERSRC_FLAG_KEEP_REF)
      FFmpegError.throwIfError(added, 'convert picture')
      FFmpegError.throwIfError(
        graph.filter('buffersink@out').buffersinkGetFrameSync(output),
        'convert picture',
      )
      const pixels = output.toBuffer()
      output.unref()
      return pixels
    },
    close() {
      graph?.close()
      output.free()
    },
  }
}
