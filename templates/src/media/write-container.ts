import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { AVFMT_FLAG_BITEXACT } from 'node-av/constants'
import { type CodecContext, FFmpegError, FormatContext, type Frame, Packet } from 'node-av/lib'

/**
 * Encodes frames by an opened encoder into a file of one stream, and answers its bytes. No dates, versions or
 * random serials are written: the same frames give the same bytes.
 */
export function writeContainer(format: string, context: CodecContext, frames: Iterable<Frame>): Uint8Array {
  const folder = mkdtempSync(join(tmpdir(), 'flatrender-'))
  const file = join(folder, `media.${format}`)
  const muxer = new FormatContext()
  const packet = new Packet()
  packet.alloc()
  try {
    check(muxer.allocOutputContext2(null, format, file), 'choose the container')
    muxer.setFlags(AVFMT_FLAG_BITEXACT)
    const stream = muxer.newStream(null)
    stream.timeBase = context.timeBase
    check(stream.codecpar.fromContext(context), 'describe the stream')
    check(muxer.openOutputSync(), 'open the file')
    check(muxer.writeHeaderSync(null), 'write the header')
    const drain = () => {
      while (context.receivePacketSync(packet) >= 0) {
        packet.streamIndex = stream.index
        packet.rescaleTs(context.timeBase, stream.timeBase)
        check(muxer.interleavedWriteFrameSync(packet), 'write a packet')
        packet.unref()
      }
    }
    for (const frame of frames) {
      check(context.sendFrameSync(frame), 'encode')
      frame.free()
      drain()
    }
    check(context.sendFrameSync(null), 'finish encoding')
    drain()
    check(muxer.writeTrailerSync(), 'write the trailer')
    muxer.closeOutputSync()
    return readFileSync(file)
  } finally {
    packet.free()
    muxer.freeContext()
    rmSync(folder, { recursive: true, force: true })
  }
}

function check(result: number, what: string): void {
  FFmpegError.throwIfError(result, what)
}
