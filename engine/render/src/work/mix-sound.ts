import { createReadStream, createWriteStream } from 'node:fs'
import path from 'node:path'
import { pipeline } from 'node:stream/promises'
import { encodeAudio, mixAudio } from '@flatrender/engine-media'
import { writeSegment } from '../cache/segment-file.ts'
import { writeFileAtomically } from '../files/write-file-atomically.ts'
import { codecOf, DUCKING, LOUDNESS, TRUE_PEAK } from '../sound/sound-settings.ts'
import type { Sign, SoundOrder, WorkResult } from './work.ts'

const SAMPLE_RATE = 48_000
const BYTES_A_SAMPLE = 8

/**
 * Mixes and encodes a timeline's sound, and leaves it in a segment's form. Nothing is left when there is nothing to hear.
 * Errors: those of mixing and writing.
 */
export async function mixSound(order: SoundOrder, sign: Sign): Promise<WorkResult<'sound'>> {
  const { plan, files, container, key, scratch, output } = order
  const codec = codecOf(container)
  if (codec === undefined) return { heard: false }
  const { tracks, seconds, range, ducking } = plan
  const mixed = await mixAudio({
    seconds,
    tracks: tracks.map(({ hash, ...track }) => ({ ...track, file: files[hash]! })),
    ...(ducking && { ducking: DUCKING }),
    loudness: LOUDNESS,
    truePeak: TRUE_PEAK,
    outFile: path.join(scratch, 'mix.f32'),
    onProgress: () => sign(null, process.memoryUsage.rss()),
  })
  if (mixed === undefined) return { heard: false }
  const stream = await encodeAudio(await cut(mixed.file, range, seconds, scratch), codec)
  const segment = { manifest: { key, frames: 0, thumbprints: {} }, stream }
  await writeFileAtomically(output, writeSegment(segment), scratch)
  return { heard: true }
}

/** The wanted part of a mix; the mix itself if all is wanted. */
async function cut(
  file: string,
  range: { start: number; end: number },
  seconds: number,
  scratch: string,
): Promise<string> {
  if (range.start === 0 && range.end >= seconds) return file
  const byteAt = (second: number) => Math.round(second * SAMPLE_RATE) * BYTES_A_SAMPLE
  const part = path.join(scratch, 'part.f32')
  await pipeline(
    createReadStream(file, { start: byteAt(range.start), end: byteAt(range.end) - 1 }),
    createWriteStream(part),
  )
  return part
}
