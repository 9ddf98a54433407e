import { FFmpegError, type FilterContext, FilterGraph } from 'node-av/lib'
import { quietFfmpeg } from './quiet-ffmpeg.ts'

/** A configured graph, whose sources and sinks are part of its description. */
export interface OpenFilterGraph {
  /** The filter written as `name@id` in the description. */
  filter(name: string): FilterContext
  close(): void
}

/**
 * Builds a graph from FFmpeg's notation, with one thread. Sources and sinks stand in it too, by name:
 * `buffer@in=…,scale=…,buffersink@out`.
 */
export function openFilterGraph(description: string): OpenFilterGraph {
  quietFfmpeg()
  const graph = new FilterGraph()
  graph.alloc()
  graph.nbThreads = 1
  FFmpegError.throwIfError(graph.parsePtr(description), `parse filters ${description}`)
  FFmpegError.throwIfError(graph.configSync(), `configure filters ${description}`)
  return {
    filter(name) {
      const filter = graph.getFilter(name)
      if (!filter) throw new Error(`no filter ${name} in ${description}`)
      return filter
    },
    close() {
      graph.free()
    },
  }
}
