import { blockSamples, channels, sampleRate } from './audio-format.ts'
import type { SoundTrack } from './mix-options.ts'
import { openSoundSource } from './open-sound-source.ts'

/** A track that adds itself to the timeline, block after block. */
export interface OpenTrack {
  readonly kind: SoundTrack['kind']
  /** Adds samples `from` … `from + block` of the timeline into an interleaved block. Ask in order. */
  addTo(block: Float32Array, from: number): Promise<void>
  close(): Promise<void>
}

/**
 * Prepares a track on a timeline of so many samples. Its file is open only while it sounds: a looping clip is many
 * tracks, and a process may have a thousand files open, or 256.
 */
export function openTrack(track: SoundTrack, timelineSamples: number): OpenTrack {
  const start = toSamples(track.start)
  let passage: Passage | undefined
  let isOver = start >= timelineSamples

  return {
    kind: track.kind,
    async addTo(block, from) {
      const until = from + block.length / channels
      if (isOver || until <= start) return
      passage ??= await openPassage(track, start, timelineSamples)
      await passage.addTo(block, from)
      if (until < passage.end) return
      isOver = true
      await passage.close()
      passage = undefined
    },
    async close() {
      isOver = true
      await passage?.close()
      passage = undefined
    },
  }
}

/** A track while it sounds. */
interface Passage extends Pick<OpenTrack, 'addTo' | 'close'> {
  /** One past its last sample on the timeline. */
  readonly end: number
}

async function openPassage(track: SoundTrack, start: number, timelineSamples: number): Promise<Passage> {
  const { trimStart = 0, trimEnd = Number.POSITIVE_INFINITY, speed = 1, volume = 1, loop = false } = track
  const source = await openSoundSource(track.file, speed)
  await source.seek(trimStart)
  const fileEnd = source.seconds > 0 ? Math.min(trimEnd, source.seconds) : trimEnd
  const roundSamples = toSamples(Math.max(0, fileEnd - trimStart) / speed)
  const lasting = Math.min(
    toSamples(track.duration ?? Number.POSITIVE_INFINITY),
    loop ? Infinity : roundSamples,
  )
  const end = Math.min(timelineSamples, start + lasting)
  const [fadeIn, fadeOut] = [toSamples(track.fadeIn ?? 0), toSamples(track.fadeOut ?? 0)]

  let waiting: Float32Array = new Float32Array(0)
  let leftInRound = roundSamples
  let silent = roundSamples <= 0

  // The next samples of the file, going round if it loops; at most `count`.
  const take = async (count: number): Promise<Float32Array | undefined> => {
    if (leftInRound <= 0) {
      if (!loop) return undefined
      await source.seek(trimStart)
      waiting = new Float32Array(0)
      leftInRound = roundSamples
    }
    if (waiting.length === 0) {
      const read = source.read()
      // The header promised more than there is: the rest of the round is silence.
      waiting = read ?? new Float32Array(Math.min(leftInRound, blockSamples) * channels)
    }
    const samples = Math.min(count, leftInRound, waiting.length / channels)
    const taken = waiting.subarray(0, samples * channels)
    waiting = waiting.subarray(samples * channels)
    leftInRound -= samples
    return taken
  }

  return {
    end,
    async addTo(block, from) {
      const stop = Math.min(from + block.length / channels, end)
      let at = Math.max(from, start)
      while (!silent && at < stop) {
        const samples = await take(stop - at)
        if (!samples) {
          silent = true
          break
        }
        const count = samples.length / channels
        for (let i = 0; i < count; i++) {
          const gain = volume * fadeAt(at + i - start, fadeIn) * fadeAt(end - 1 - at - i, fadeOut)
          const to = (at + i - from) * channels
          block[to] = (block[to] as number) + (samples[i * channels] as number) * gain
          block[to + 1] = (block[to + 1] as number) + (samples[i * channels + 1] as number) * gain
        }
        at += count
      }
    },
    close: () => source.close(),
  }
}

function toSamples(seconds: number): number {
  return Math.round(seconds * sampleRate)
}

// A quarter of a sine: two tracks that fade into each other keep their power.
function fadeAt(distance: number, length: number): number {
  return distance >= length ? 1 : Math.sin((Math.PI / 2) * (distance / length))
}
