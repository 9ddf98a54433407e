import { createReadStream, createWriteStream } from 'node:fs'
import { readFile } from 'node:fs/promises'
import path from 'node:path'
import { pipeline } from 'node:stream/promises'
import type { Container } from '@flatrender/contracts/engine'
import { type AudioCodec, type EncodedStream, encodeAudio, mixAudio } from '@flatrender/engine-media'
import { hashJson } from '@flatrender/engine-scene'
import { readSegment, writeSegment } from '../cache/segment-file.ts'
import { touchFile } from '../files/touch-file.ts'
import { writeFileAtomically } from '../files/write-file-atomically.ts'
import type { Workspace } from '../workspace/workspace.ts'
import type { PlannedSound } from './planned-sound.ts'

/** Loudness that streaming services play at, LUFS, and the highest true peak, dBTP. */
const LOUDNESS = -14
const TRUE_PEAK = -1
/** Music steps back this far under a voice (dB), and how fast it goes and comes (seconds). */
const DUCKING = { musicUnderVoice: 12, attack: 0.15, release: 0.6 }

const CODECS: Partial<Record<Container, AudioCodec>> = { mp4: 'aac', webm: 'opus', mov: 'aac' }
const SAMPLE_RATE = 48_000
const BYTES_A_SAMPLE = 8

/** For which file, by which build, and where. */
interface SoundOptions {
  readonly container: Container
  /** The engine's build: what another has mixed is not taken. */
  readonly engine: string
  readonly workspace: Workspace
  /** A folder for files on the way. */
  readonly scratch: string
  readonly signal: AbortSignal
}

/**
 * Mixes and encodes the sound of the whole timeline once; what was mixed before is taken from the workspace.
 * Undefined where the container has no sound or there is nothing to hear. Errors: those of mixing, RENDER_CANCELLED.
 */
export async function renderSound(
  sound: PlannedSound,
  { container, engine, workspace, scratch, signal }: SoundOptions,
): Promise<{ stream: EncodedStream | undefined; reused: boolean }> {
  const codec = CODECS[container]
  if (codec === undefined) return { stream: undefined, reused: false }
  const key = hashJson({ plan: sound.plan, codec, engine, LOUDNESS, TRUE_PEAK, DUCKING })
  const kept = path.join(workspace.sounds, `${key}.sound`)
  const known = await readFile(kept).then(readSegment, () => undefined)
  if (known?.manifest.key === key) {
    await touchFile(kept)
    return { stream: known.stream, reused: true }
  }
  const { tracks, seconds, range, ducking } = sound.plan
  const mixed = await mixAudio({
    seconds,
    tracks: tracks.map(({ hash, ...track }) => ({ ...track, file: sound.files.get(hash)! })),
    ...(ducking && { ducking: DUCKING }),
    loudness: LOUDNESS,
    truePeak: TRUE_PEAK,
    outFile: path.join(scratch, 'mix.f32'),
    signal,
  })
  if (mixed === undefined) return { stream: undefined, reused: false }
  const part = await cut(mixed.file, range, seconds, scratch)
  const stream = await encodeAudio(part, codec)
  await writeFileAtomically(
    kept,
    writeSegment({ manifest: { key, frames: 0, thumbprints: {} }, stream }),
    scratch,
  )
  return { stream, reused: false }
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
