import { rename, rm } from 'node:fs/promises'
import { openByteWriter } from '../mux/open-byte-writer.ts'
import { blockSamples, bytesASample, channels, sampleRate } from './audio-format.ts'
import { createDucker } from './create-ducker.ts'
import { levelSound } from './level-sound.ts'
import { openLoudnessMeter } from './measure-loudness.ts'
import type { MixedAudio, MixOptions } from './mix-options.ts'
import { openTrack } from './open-track.ts'
import { throwIfCancelled } from './throw-if-cancelled.ts'

// Below this, in dBTP, a mix is silence and gives no sound track.
const silencePeak = -80

/**
 * Mixes all sounds of a timeline in one go: decodes, resamples to 48 kHz stereo, places, fades, ducks, then
 * brings the whole to the wanted loudness under a true-peak limit. Memory stays the same for an hour.
 * The same files give the same bytes.
 * @returns undefined, and leaves no file, when there is nothing to hear.
 * @throws FlatRenderError MEDIA_NOT_FOUND, MEDIA_UNREADABLE, MEDIA_KIND_WRONG, OUTPUT_DISK_FULL…; RENDER_CANCELLED
 */
export async function mixAudio(options: MixOptions): Promise<MixedAudio | undefined> {
  const samples = Math.round(options.seconds * sampleRate)
  if (options.tracks.length === 0 || samples <= 0) return undefined
  const raw = `${options.outFile}.raw`
  try {
    const mixed = await writeMix(options, samples, raw)
    if (!(mixed.truePeak > silencePeak)) return undefined
    if (options.loudness === null && mixed.truePeak <= options.truePeak) {
      await rename(raw, options.outFile)
      return { file: options.outFile, samples, ...mixed }
    }
    const levelled = await levelSound(raw, options.outFile, mixed, options)
    return { file: options.outFile, samples, ...levelled }
  } catch (error) {
    await rm(options.outFile, { force: true })
    throw error
  } finally {
    await rm(raw, { force: true })
  }
}

async function writeMix({ tracks, ducking, signal, onProgress }: MixOptions, samples: number, file: string) {
  const opened = tracks.map((track) => openTrack(track, samples))
  const meter = openLoudnessMeter()
  const writer = await openByteWriter(file)
  try {
    const duck = ducking && createDucker(ducking)
    for (let from = 0; from < samples; from += blockSamples) {
      throwIfCancelled(signal)
      onProgress?.()
      const length = Math.min(blockSamples, samples - from) * channels
      const [mix, music, voice] = [
        new Float32Array(length),
        new Float32Array(length),
        new Float32Array(length),
      ]
      for (const track of opened) {
        const bus = track.kind === 'music' ? music : track.kind === 'voice' ? voice : mix
        await track.addTo(bus, from)
      }
      duck?.(music, voice)
      for (let i = 0; i < length; i++)
        mix[i] = (mix[i] as number) + (music[i] as number) + (voice[i] as number)
      await writer.write(Buffer.from(mix.buffer, 0, (length / channels) * bytesASample))
      meter.push(mix)
    }
  } finally {
    await writer.close()
    for (const track of opened) await track.close()
  }
  return meter.finish()
}
