import { seedRandom } from '../../kit/seed-random.ts'
import { addEcho } from './echo.ts'
import { addVoice, createTrack, levelTrack, type Track } from './track.ts'
import { bass, bell, kick, noise, pad, pluck } from './voices.ts'

/** A loop: a chord a bar, as MIDI notes from the bass upwards; which voices play, and how densely. */
export type Loop = {
  bpm: number
  chords: readonly (readonly number[])[]
  /** Steps of a bar's sixteen that the arpeggio plays. */
  arpeggio: readonly number[]
  lead: 'pluck' | 'bell'
  /** Beats (0…3) that the kick plays; none for a calm loop. */
  kicks: readonly number[]
  shaker: number
  brightness: number
  seed: number
}

/** Synthesises a seamless loop of one bar a chord. */
export function composeLoop(loop: Loop): Track {
  const beat = 60 / loop.bpm
  const bar = beat * 4
  const track = createTrack(bar * loop.chords.length)
  for (const [index, chord] of loop.chords.entries()) playBar(track, loop, chord, index * bar, beat, index)
  addEcho(track, beat * 0.75, 0.42, 0.38, true)
  for (const at of Array.from({ length: loop.chords.length }, (_, index) => index * bar))
    for (const hit of loop.kicks) addVoice(track, kick(), { at: at + hit * beat, seconds: 0.5, gain: 0.5 })
  levelTrack(track, 0.72)
  return track
}

function playBar(
  track: Track,
  loop: Loop,
  chord: readonly number[],
  start: number,
  beat: number,
  index: number,
) {
  const [root, ...upper] = chord as [number, ...number[]]
  const bar = beat * 4
  for (const [voice, note] of upper.entries())
    addVoice(track, pad(note, bar * 1.3, loop.brightness), {
      at: start,
      seconds: bar * 1.3,
      gain: 0.2,
      pan: (voice / Math.max(1, upper.length - 1)) * 1.2 - 0.6,
    })
  for (const [at, gain] of [
    [0, 0.34],
    [2.5, 0.22],
  ] as const)
    addVoice(track, bass(root, beat * 2), { at: start + at * beat, seconds: beat * 1.8, gain })
  const random = seedRandom(loop.seed + index * 31)
  for (const step of loop.arpeggio) {
    const note = upper[Math.floor(random() * upper.length)]! + (random() < 0.4 ? 24 : 12)
    const voice = loop.lead === 'bell' ? bell(note) : pluck(note)
    addVoice(track, voice, {
      at: start + (step * beat) / 4,
      seconds: 1.6,
      gain: 0.1 + random() * 0.07,
      pan: random() * 1.2 - 0.6,
    })
  }
  for (let step = 0; step < 16 && loop.shaker > 0; step += 2)
    addVoice(track, noise(loop.seed + step, step % 4 === 2 ? 34 : 60, 0.18), {
      at: start + (step * beat) / 4,
      seconds: 0.16,
      gain: loop.shaker * (step % 4 === 2 ? 1 : 0.5),
      pan: step % 4 === 2 ? 0.25 : -0.25,
    })
}
