import { seedRandom } from '../../kit/seed-random.ts'
import { SAMPLE_RATE, type Voice } from './track.ts'

const TURN = Math.PI * 2

/** Frequency in hertz of a MIDI note; 69 is the a of 440 Hz. */
function pitch(note: number): number {
  return 440 * 2 ** ((note - 69) / 12)
}

/** A warm chord tone: a few weak partials, each doubled a little out of tune; swells and dies away. */
export function pad(note: number, seconds: number, brightness = 0.35): Voice {
  const base = pitch(note)
  return (time) => {
    const swell = Math.min(1, time / (seconds * 0.3)) * Math.min(1, (seconds - time) / (seconds * 0.35))
    let sum = 0
    for (let partial = 1; partial <= 5; partial++) {
      const weight = brightness ** (partial - 1)
      const frequency = base * partial
      sum += weight * Math.sin(TURN * frequency * 1.0017 * time)
      sum += weight * Math.sin(TURN * frequency * 0.9982 * time + partial)
    }
    return sum * swell * swell * 0.25
  }
}

/** A soft electric pluck: one sine bends another, less and less. */
export function pluck(note: number, bite = 1.6): Voice {
  const base = pitch(note)
  return (time) => {
    const bend = bite * Math.exp(-time * 14) * Math.sin(TURN * base * 2 * time)
    return Math.sin(TURN * base * time + bend) * Math.exp(-time * 4.2)
  }
}

/** A glassy bell. */
export function bell(note: number): Voice {
  const base = pitch(note)
  return (time) => {
    const bend = 1.1 * Math.exp(-time * 5) * Math.sin(TURN * base * 3.5 * time)
    return Math.sin(TURN * base * time + bend) * Math.exp(-time * 2.6)
  }
}

/** A round bass. */
export function bass(note: number, seconds: number): Voice {
  const base = pitch(note)
  return (time) => {
    const body = Math.sin(TURN * base * time) + 0.22 * Math.sin(TURN * base * 2 * time)
    return body * Math.min(1, time / 0.012) * Math.exp((-time * 1.6) / seconds)
  }
}

/** A soft kick drum: a sine that falls from 130 to 46 Hz. */
export function kick(): Voice {
  return (time) => {
    const phase = 46 * time + (84 / 26) * (1 - Math.exp(-26 * time))
    return Math.sin(TURN * phase) * Math.exp(-time * 8.5)
  }
}

/** A breath of noise: a hat when `decay` (per second) is high, a shaker when it is low. */
export function noise(seed: number, decay: number, seconds: number): Voice {
  const random = seedRandom(seed)
  const samples = new Float64Array(Math.ceil(seconds * SAMPLE_RATE) + 1)
  let before = 0
  for (let index = 0; index < samples.length; index++) {
    const white = random() * 2 - 1
    samples[index] = (white - before) * 0.5
    before = white
  }
  return (time) =>
    samples[Math.round(time * SAMPLE_RATE)]! * Math.exp(-time * decay) * Math.min(1, time / 0.004)
}
