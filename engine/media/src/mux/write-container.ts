import type { VideoSettings } from '@flatrender/contracts/engine'
import {
  AV_CODEC_ID_HEVC,
  AV_OPT_SEARCH_CHILDREN,
  AV_OPT_TYPE_STRING,
  AV_PKT_DATA_MATROSKA_BLOCKADDITIONAL,
  AVFMT_FLAG_BITEXACT,
} from 'node-av/constants'
import { Rational as AvRational, Dictionary, FormatContext, Packet, type Stream } from 'node-av/lib'
import type { EncodedPacket } from '../encode/encoded-stream.ts'
import { type StreamParameters, writeStreamParameters } from '../encode/stream-parameters.ts'
import { quietFfmpeg } from '../ffmpeg/quiet-ffmpeg.ts'
import { joinSegments } from './join-segments.ts'
import type { MuxOptions } from './mux-options.ts'
import { throwOnWriteError } from './throw-on-write-error.ts'

/** Writes mp4, mov or webm with FFmpeg; mp4 and mov get their index before the data (faststart). */
export async function writeContainer(options: MuxOptions): Promise<{ frames: number }> {
  quietFfmpeg()
  const { file, container, settings, audio } = options
  const segments = peekable(options.segments)
  const first = await segments.first()
  const format = new FormatContext()
  throwOnWriteError(format.allocOutputContext2(null, container, file), file)
  try {
    format.setFlags(AVFMT_FLAG_BITEXACT)
    if (options.metadata) format.metadata = Dictionary.fromObject(options.metadata)
    const video = addStream(format, first.stream.parameters, container)
    video.avgFrameRate = new AvRational(settings.fps.num, settings.fps.den)
    if (settings.alpha && container === 'webm') video.metadata = Dictionary.fromObject({ alpha_mode: '1' })
    const sound =
      audio && audio.packets.length > 0 ? addStream(format, audio.parameters, container) : undefined
    if (container !== 'webm')
      format.setOption('movflags', '+faststart', AV_OPT_TYPE_STRING, AV_OPT_SEARCH_CHILDREN)

    throwOnWriteError(await format.openOutput(), file)
    throwOnWriteError(await format.writeHeader(null), file)
    const write = openPacketWriter(format, file)
    const soundPackets = audio?.packets ?? []
    let nextSound = 0
    let frames = 0
    let decoded = 0
    const delay = findDelay(settings, first.stream.parameters)
    const videoBase = first.stream.parameters.timeBase
    for await (const packet of joinSegments(segments.all())) {
      // One packet a frame at a fixed rate: decoding order is the clock, shifted by the codec's reordering.
      const dts = decoded++ - delay
      if (sound && audio) {
        const until = (dts * videoBase.num) / videoBase.den
        const base = audio.parameters.timeBase
        for (; nextSound < soundPackets.length; nextSound++) {
          const next = soundPackets[nextSound]
          if (!next || (next.dts * base.num) / base.den > until) break
          await write(next, base, sound)
        }
      }
      await write({ ...packet, dts }, videoBase, video)
      frames += packet.duration
    }
    if (sound && audio)
      for (const packet of soundPackets.slice(nextSound))
        await write(packet, audio.parameters.timeBase, sound)
    throwOnWriteError(await format.writeTrailer(), file)
    throwOnWriteError(format.pb?.error ?? 0, file)
    return { frames }
  } finally {
    await format.closeOutput()
    format.freeContext()
  }
}

function addStream(format: FormatContext, parameters: StreamParameters, container: string): Stream {
  const stream = format.newStream(null)
  writeStreamParameters(parameters, stream.codecpar)
  const { num, den } = parameters.timeBase
  stream.timeBase = new AvRational(num, den)
  stream.sampleAspectRatio = new AvRational(1, 1)
  stream.codecpar.sampleAspectRatio = new AvRational(1, 1)
  // Apple's players take H.265 under this name only, which says that its headers lie in the file's index.
  if (parameters.codecId === AV_CODEC_ID_HEVC && container !== 'webm') stream.codecpar.codecTag = 'hvc1'
  return stream
}

function openPacketWriter(format: FormatContext, file: string) {
  const packet = new Packet()
  packet.alloc()
  return async (from: EncodedPacket, timeBase: StreamParameters['timeBase'], stream: Stream) => {
    packet.data = from.data
    packet.pts = BigInt(from.pts)
    packet.dts = BigInt(from.dts)
    packet.duration = BigInt(from.duration)
    packet.isKeyframe = from.key
    packet.streamIndex = stream.index
    if (from.sideData) packet.addSideData(AV_PKT_DATA_MATROSKA_BLOCKADDITIONAL, from.sideData)
    packet.rescaleTs(timeBase, stream.timeBase)
    throwOnWriteError(await format.interleavedWriteFrame(packet), file)
    packet.unref()
  }
}

// x265 reorders by two frames as x264 does, but does not report it; every segment must be given the same.
function findDelay(settings: VideoSettings, parameters: StreamParameters): number {
  return settings.codec === 'h265' ? 2 : (parameters.video?.delay ?? 0)
}

function peekable(segments: MuxOptions['segments']) {
  const iterator =
    Symbol.asyncIterator in segments ? segments[Symbol.asyncIterator]() : segments[Symbol.iterator]()
  let head: Awaited<ReturnType<typeof iterator.next>> | undefined
  return {
    async first() {
      head = await iterator.next()
      if (head.done) throw new Error('a video needs at least one segment')
      return head.value
    },
    async *all() {
      for (let next = head; next && !next.done; next = await iterator.next()) yield next.value
    },
  }
}
