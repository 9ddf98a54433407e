import { seedRandom } from '../../kit/seed-random.ts'
import { addEcho } from './echo.ts'
import { addVoice, createTrack, levelTrack, SAMPLE_RATE, type Track } from './track.ts'
import { bell, kick, noise } from './voices.ts'

/** Air that rushes by: noise through a filter that opens and closes, from left to right. */
export function whoosh(): Track {
  const track = createTrack(0.7)
  const random = seedRandom(7)
  const length = track.left.length
  let [low, band] = [0, 0]
  for (let index = 0; index < length; index++) {
    const share = index / length
    const swell = Math.sin(Math.PI * share ** 0.8) ** 2
    const cutoff = 2 * Math.sin((Math.PI * (300 + 3200 * swell)) / SAMPLE_RATE)
    low += cutoff * band
    band += cutoff * (random() * 2 - 1 - low - 0.9 * band)
    track.left[index] = band * swell * (1 - share * 0.6)
    track.right[index] = band * swell * (0.4 + share * 0.6)
  }
  levelTrack(track, 0.5)
  return track
}

/** A bubble: a sine that jumps up. */
export function pop(): Track {
  const track = createTrack(0.16)
  let phase = 0
  addVoice(
    track,
    (time) => {
      phase += (420 + 900 * (1 - Math.exp(-time * 38))) / SAMPLE_RATE
      return Math.sin(phase * Math.PI * 2) * Math.exp(-time * 30)
    },
    { at: 0, seconds: 0.14, gain: 1 },
  )
  levelTrack(track, 0.5)
  return track
}

/** A glassy chord that says "there it is". */
export function chime(notes: readonly number[]): Track {
  const track = createTrack(2.6)
  for (const [index, note] of notes.entries())
    addVoice(track, bell(note), { at: index * 0.055, seconds: 1.8, gain: 0.3, pan: index * 0.3 - 0.45 })
  addEcho(track, 0.19, 0.45, 0.5, false)
  levelTrack(track, 0.5)
  return track
}

/** A knuckle on wood: a short falling sine and a grain of noise. */
export function knock(): Track {
  const track = createTrack(0.3)
  addVoice(track, kick(), { at: 0, seconds: 0.28, gain: 1 })
  addVoice(track, noise(4, 90, 0.06), { at: 0, seconds: 0.05, gain: 0.5 })
  levelTrack(track, 0.55)
  return track
}

/** A dry click. */
export function tick(): Track {
  const track = createTrack(0.08)
  addVoice(track, noise(8, 120, 0.06), { at: 0, seconds: 0.06, gain: 1 })
  levelTrack(track, 0.35)
  return track
}
