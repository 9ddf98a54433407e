import { channels, fromDecibels, sampleRate } from './audio-format.ts'
import type { Ducking } from './mix-options.ts'

// Between these levels of the voice, in dBFS, music sinks more and more; below is breath and room.
const quietDecibels = -50
const speakingDecibels = -35
// Pauses between words do not let the music up.
const holdSeconds = 0.25
const levelSeconds = 0.01

/**
 * Lowers `music` (interleaved, in place) while there is something in `voice`. Blocks follow each other: the
 * envelope goes on from one to the next.
 */
export function createDucker(ducking: Ducking): (music: Float32Array, voice: Float32Array) => void {
  const depth = Math.abs(ducking.musicUnderVoice)
  const [attack, release] = [smoothing(ducking.attack), smoothing(ducking.release)]
  const fall = smoothing(levelSeconds)
  let level = 0
  let held = 0
  let holding = 0
  let decibels = 0
  return (music, voice) => {
    for (let i = 0; i < music.length; i += channels) {
      const peak = Math.max(Math.abs(voice[i] as number), Math.abs(voice[i + 1] as number))
      level = peak > level ? peak : level + (peak - level) * fall
      const loud = (20 * Math.log10(level + 1e-9) - quietDecibels) / (speakingDecibels - quietDecibels)
      const wanted = depth * Math.min(1, Math.max(0, loud))
      if (wanted >= held) {
        held = wanted
        holding = holdSeconds * sampleRate
      } else if (holding-- <= 0) held = wanted
      decibels += (held - decibels) * (held > decibels ? attack : release)
      const gain = fromDecibels(-decibels)
      music[i] = (music[i] as number) * gain
      music[i + 1] = (music[i + 1] as number) * gain
    }
  }
}

// After `seconds` a one-pole filter has come 95 % of the way: three time constants.
function smoothing(seconds: number): number {
  return seconds <= 0 ? 1 : 1 - Math.exp(-3 / (seconds * sampleRate))
}
