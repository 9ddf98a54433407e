import { AV_SAMPLE_FMT_FLT } from 'node-av/constants'
import { FFmpegError, Frame } from 'node-av/lib'
import { stereo } from '../encode/stream-parameters.ts'
import { openFilterGraph } from '../ffmpeg/open-filter-graph.ts'
import { channels, sampleRate } from './audio-format.ts'

/** A chain of FFmpeg's sound filters through which mixed sound is pushed. */
export interface SoundFilter {
  /** Puts interleaved stereo in; what comes out goes to the callback. */
  push(samples: Float32Array): void
  /** Ends the input and takes what the filters still hold. */
  flush(): void
  close(): void
}

/** What a filter gave: samples, and values it wrote beside them (such as measured loudness). */
export type SoundOutput = (samples: Float32Array, metadata: Readonly<Record<string, string>>) => void

/** Opens filters, such as `alimiter=limit=0.9`, between our mixing format and itself. */
export function openSoundFilter(filters: string, output: SoundOutput): SoundFilter {
  const format = `sample_fmts=flt:sample_rates=${sampleRate}:channel_layouts=stereo`
  const graph = openFilterGraph(
    `abuffer@in=time_base=1/${sampleRate}:sample_rate=${sampleRate}:sample_fmt=flt:channel_layout=stereo,` +
      `${filters},aformat=${format},abuffersink@out`,
  )
  const [source, sink] = [graph.filter('abuffer@in'), graph.filter('abuffersink@out')]
  const taken = new Frame()
  taken.alloc()
  let position = 0

  const drain = () => {
    while (sink.buffersinkGetFrameSync(taken) >= 0) {
      output(copySamples(taken), taken.getMetadata().getAll())
      taken.unref()
    }
  }
  return {
    push(samples) {
      const nbSamples = samples.length / channels
      const bytes = Buffer.from(
        samples.buffer.slice(samples.byteOffset, samples.byteOffset + samples.byteLength),
      )
      const frame = Frame.fromAudioBuffer(bytes, {
        nbSamples,
        format: AV_SAMPLE_FMT_FLT,
        sampleRate,
        channelLayout: stereo,
        timeBase: { num: 1, den: sampleRate },
        pts: BigInt(position),
      })
      position += nbSamples
      FFmpegError.throwIfError(source.buffersrcAddFrameSync(frame), 'filter sound')
      frame.free()
      drain()
    },
    flush() {
      FFmpegError.throwIfError(source.buffersrcAddFrameSync(null), 'filter sound')
      drain()
    },
    close() {
      taken.free()
      graph.close()
    },
  }
}

/** Interleaved 32-bit samples of a frame, as an array of our own. */
export function copySamples(frame: Frame): Float32Array {
  const count = frame.nbSamples * channels
  const bytes = frame.data?.[0]
  const samples = new Float32Array(count)
  if (bytes) Buffer.from(samples.buffer).set(bytes.subarray(0, count * Float32Array.BYTES_PER_ELEMENT))
  return samples
}
