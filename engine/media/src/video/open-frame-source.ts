import { AV_NOPTS_VALUE, AVSEEK_FLAG_BACKWARD } from 'node-av/constants'
import { type CodecContext, type FormatContext, Frame, Packet, type Stream } from 'node-av/lib'

/** A decoded picture and the second at which it begins to be shown, from the start of the file. */
export interface TimedFrame {
  readonly frame: Frame
  readonly seconds: number
}

/** Decodes a video's pictures in the order in which they are shown. */
export interface FrameSource {
  /** The next picture, which the caller frees; undefined after the last. What cannot be decoded is skipped. */
  next(): Promise<TimedFrame | undefined>
  /** Continues at a picture that is shown at this second or before. */
  seek(seconds: number): Promise<void>
  close(): void
}

/** Decodes one stream from wherever the input stands; seeking and closing stay the caller's. */
export function openFrameSource(input: FormatContext, stream: Stream, decoder: CodecContext): FrameSource {
  const tick = stream.timeBase.num / stream.timeBase.den
  const startSeconds = input.startTime === AV_NOPTS_VALUE ? 0 : Number(input.startTime) / 1_000_000
  const packet = new Packet()
  packet.alloc()
  let ended = false
  let last = -tick

  const receive = async (): Promise<TimedFrame | undefined> => {
    const frame = new Frame()
    frame.alloc()
    if ((await decoder.receiveFrame(frame)) < 0) {
      frame.free()
      return undefined
    }
    const stamp = frame.bestEffortTimestamp
    last = stamp === AV_NOPTS_VALUE ? last + tick : Number(stamp) * tick - startSeconds
    return { frame, seconds: last }
  }

  return {
    async next() {
      for (;;) {
        const found = await receive()
        if (found || ended) return found
        const read = await input.readFrame(packet)
        if (read < 0) {
          ended = true
          await decoder.sendPacket(null)
        } else if (packet.streamIndex === stream.index) await decoder.sendPacket(packet)
        packet.unref()
      }
    },
    async seek(seconds) {
      const target = Math.max(0, Math.floor((seconds + startSeconds) / tick))
      const sought = await input.seekFrame(stream.index, BigInt(target), AVSEEK_FLAG_BACKWARD)
      if (sought < 0)
        await input.seekFrame(-1, BigInt(Math.round(startSeconds * 1_000_000)), AVSEEK_FLAG_BACKWARD)
      decoder.flushBuffers()
      ended = false
    },
    close() {
      packet.free()
    },
  }
}
