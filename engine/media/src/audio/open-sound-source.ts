import { FlatRenderError } from '@flatrender/contracts/errors'
import { AV_NOPTS_VALUE, AVMEDIA_TYPE_AUDIO, AVSEEK_FLAG_BACKWARD } from 'node-av/constants'
import { FFmpegError, Frame, Packet } from 'node-av/lib'
import { type OpenFilterGraph, openFilterGraph } from '../ffmpeg/open-filter-graph.ts'
import { openInput } from '../ffmpeg/open-input.ts'
import { findStream } from '../probe/probe-container.ts'
import { openDecoder } from '../video/open-decoder.ts'
import { channels, sampleRate } from './audio-format.ts'
import { copySamples } from './open-sound-filter.ts'

/** A file's sound in our mixing format. */
export interface SoundSource {
  /** Length of the file's sound in seconds, at its own speed; 0 if its header does not say. */
  readonly seconds: number
  /** Goes to a second of the file, to the sample. */
  seek(seconds: number): Promise<void>
  /** The next samples, interleaved; undefined at the end. How many come at once is the file's affair. */
  read(): Float32Array | undefined
  close(): Promise<void>
}

// So long before the wanted second decoding begins: codecs need a run-up.
const runUpSeconds = 0.5

/**
 * Opens a file's sound, played at `speed` (0.5 to 100) without a change of pitch. Time 0 is the file's start,
 * the same as for its pictures.
 * @throws FlatRenderError MEDIA_NOT_FOUND, MEDIA_UNREADABLE, or MEDIA_KIND_WRONG when it has no sound.
 */
export async function openSoundSource(file: string, speed = 1): Promise<SoundSource> {
  const input = await openInput(file)
  const stream = findStream(input, AVMEDIA_TYPE_AUDIO)
  const decoder = stream && openDecoder(stream)
  if (!stream || !decoder) {
    await input.closeInput()
    throw new FlatRenderError('MEDIA_KIND_WRONG', {
      file,
      found: 'without sound',
      wanted: 'a file with sound',
    })
  }
  const tick = stream.timeBase.num / stream.timeBase.den
  const start = input.startTime === AV_NOPTS_VALUE ? 0 : Number(input.startTime) / 1_000_000
  const seconds =
    stream.duration > 0n ? Number(stream.duration) * tick : Math.max(0, Number(input.duration) / 1e6)
  const [packet, decoded, filtered] = [new Packet(), new Frame(), new Frame()]
  packet.alloc()
  decoded.alloc()
  filtered.alloc()
  let graph: OpenFilterGraph | undefined
  let wanted = 0
  // Samples to drop (or, negative, of silence to add) before the wanted second; unknown until the first frame.
  let skip: number | undefined
  let ended = false

  const openGraph = (frame: Frame) =>
    openFilterGraph(
      `abuffer@in=time_base=${stream.timeBase.num}/${stream.timeBase.den}:sample_rate=${frame.sampleRate}` +
        `:sample_fmt=${frame.format}:channels=${frame.channelLayout.nbChannels}` +
        (frame.channelLayout.mask > 0n ? `:channel_layout=0x${frame.channelLayout.mask.toString(16)}` : '') +
        // swresample would lower one channel by 3 dB on its way to two.
        (frame.channelLayout.nbChannels === 1 ? ',pan=stereo|c0=c0|c1=c0' : '') +
        // async=1 fills gaps in the file's timestamps with silence.
        `,aresample=${sampleRate}:async=1${describeTempo(speed)}` +
        `,aformat=sample_fmts=flt:sample_rates=${sampleRate}:channel_layouts=stereo,abuffersink@out`,
    )
  const feed = (): boolean => {
    for (;;) {
      if (decoder.receiveFrameSync(decoded) >= 0) {
        const stamp = decoded.bestEffortTimestamp
        const at = stamp === AV_NOPTS_VALUE ? wanted : Number(stamp) * tick - start
        skip ??= Math.round(((wanted - at) * sampleRate) / speed)
        graph ??= openGraph(decoded)
        FFmpegError.throwIfError(graph.filter('abuffer@in').buffersrcAddFrameSync(decoded), 'resample')
        decoded.unref()
        return true
      }
      if (ended) return false
      const read = input.readFrameSync(packet)
      ended = read < 0
      if (ended) decoder.sendPacketSync(null)
      else if (packet.streamIndex === stream.index) decoder.sendPacketSync(packet)
      packet.unref()
    }
  }
  let flushed = false
  const pull = (): Float32Array | undefined => {
    for (;;) {
      if (graph && graph.filter('abuffersink@out').buffersinkGetFrameSync(filtered) >= 0) {
        const samples = copySamples(filtered)
        filtered.unref()
        return samples
      }
      if (feed()) continue
      if (flushed || !graph) return undefined
      flushed = true
      graph.filter('abuffer@in').buffersrcAddFrameSync(null)
    }
  }

  return {
    seconds,
    async seek(target) {
      wanted = target
      const from = Math.max(0, Math.floor((target - runUpSeconds + start) / tick))
      await input.seekFrame(stream.index, BigInt(from), AVSEEK_FLAG_BACKWARD)
      decoder.flushBuffers()
      graph?.close()
      graph = undefined
      skip = undefined
      ended = false
      flushed = false
    },
    read() {
      for (;;) {
        const samples = pull()
        if (!samples) return undefined
        const drop = skip ?? 0
        if (drop < 0) {
          skip = 0
          const delayed = new Float32Array(samples.length - drop * channels)
          delayed.set(samples, -drop * channels)
          return delayed
        }
        const dropped = Math.min(drop, samples.length / channels)
        skip = drop - dropped
        if (dropped * channels < samples.length) return samples.subarray(dropped * channels)
      }
    },
    async close() {
      graph?.close()
      packet.free()
      decoded.free()
      filtered.free()
      decoder.freeContext()
      await input.closeInput()
    },
  }
}

// One atempo goes down to half speed only.
function describeTempo(speed: number): string {
  let [filters, left] = ['', speed]
  for (; left < 0.5; left *= 2) filters += ',atempo=0.5'
  return left === 1 ? filters : `${filters},atempo=${left}`
}
