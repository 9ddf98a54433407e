import { openByteWriter } from '../mux/open-byte-writer.ts'
import { fromDecibels } from './audio-format.ts'
import { openLoudnessMeter } from './measure-loudness.ts'
import type { MixOptions } from './mix-options.ts'
import { openSoundFilter } from './open-sound-filter.ts'
import { readSoundFile } from './read-sound-file.ts'
import { throwIfCancelled } from './throw-if-cancelled.ts'

interface Loudness {
  readonly loudness: number
  readonly truePeak: number
}

// A whisper is not blown up to −14 LUFS, noise and all.
const mostGainDecibels = 30
// What limiting takes from the loudness is given back in another pass; two of them are always enough.
const mostPasses = 3
const closeEnough = 0.2

/** Writes `from` to `to` at the wanted loudness (LUFS, null: as it is), with peaks below `truePeak` (dBTP). */
export async function levelSound(
  from: string,
  to: string,
  measured: Loudness,
  wanted: Pick<MixOptions, 'loudness' | 'truePeak' | 'signal' | 'onProgress'>,
): Promise<Loudness> {
  const target = wanted.loudness
  let gain = target === null ? 0 : Math.min(mostGainDecibels, target - measured.loudness)
  let result = measured
  for (let pass = 1; pass <= mostPasses; pass++) {
    result = await writeLimited(from, to, gain, wanted)
    const missing = target === null ? 0 : target - result.loudness
    if (Math.abs(missing) <= closeEnough || gain >= mostGainDecibels) break
    gain = Math.min(mostGainDecibels, gain + missing)
  }
  return result
}

async function writeLimited(
  from: string,
  to: string,
  gain: number,
  { truePeak, signal, onProgress }: Pick<MixOptions, 'truePeak' | 'signal' | 'onProgress'>,
): Promise<Loudness> {
  // At four times the rate the limiter sees the peaks between samples; going back down may add a little.
  const limit = fromDecibels(truePeak - 0.2)
  const limiter = `aresample=192000,alimiter=limit=${limit.toFixed(6)}:level=disabled:attack=5:release=80:latency=1`
  const meter = openLoudnessMeter()
  const writer = await openByteWriter(to)
  const ready: Float32Array[] = []
  const filter = openSoundFilter(`volume=${gain.toFixed(3)}dB,${limiter},aresample=48000`, (samples) =>
    ready.push(samples),
  )
  let left = 0
  const writeReady = async () => {
    for (const samples of ready.splice(0)) {
      const part = samples.subarray(0, Math.min(samples.length, left))
      left -= part.length
      meter.push(part)
      await writer.write(Buffer.from(part.buffer, part.byteOffset, part.byteLength))
    }
  }
  try {
    for await (const block of readSoundFile(from)) {
      throwIfCancelled(signal)
      onProgress?.()
      left += block.length
      filter.push(block)
      await writeReady()
    }
    filter.flush()
    await writeReady()
    // Resampling there and back may swallow a few samples of the end; the length stays the timeline's.
    if (left > 0) await writer.write(Buffer.alloc(left * Float32Array.BYTES_PER_ELEMENT))
  } finally {
    filter.close()
    await writer.close()
  }
  return meter.finish()
}
