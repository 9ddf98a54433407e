/** Samples a second of everything that is synthesised. */
export const SAMPLE_RATE = 48000

/** Two channels of sound that is being built up. */
export type Track = { left: Float64Array; right: Float64Array }

/** Silence of a length in seconds. */
export function createTrack(seconds: number): Track {
  const length = Math.round(seconds * SAMPLE_RATE)
  return { left: new Float64Array(length), right: new Float64Array(length) }
}

/** A sound: its value at a time in seconds since it began. */
export type Voice = (time: number) => number

/** Where and how a voice is heard: seconds, linear gain, −1 (left) … 1 (right). */
export type Placement = { at: number; seconds: number; gain: number; pan?: number }

/**
 * Adds a voice to a track. What rings past the end goes on at the beginning, so that a loop has no seam.
 * Both ends are smoothed over 2 ms against clicks.
 */
export function addVoice(track: Track, voice: Voice, { at, seconds, gain, pan = 0 }: Placement): void {
  const start = Math.round(at * SAMPLE_RATE)
  const length = Math.round(seconds * SAMPLE_RATE)
  const angle = ((pan + 1) * Math.PI) / 4
  const [toLeft, toRight] = [Math.cos(angle) * gain, Math.sin(angle) * gain]
  const edge = SAMPLE_RATE * 0.002
  for (let index = 0; index < length; index++) {
    const smooth = Math.min(1, index / edge, (length - index) / edge)
    const sample = voice(index / SAMPLE_RATE) * smooth
    const target = (start + index) % track.left.length
    track.left[target]! += sample * toLeft
    track.right[target]! += sample * toRight
  }
}

/** Scales a track so that its loudest sample is `peak`, through a soft knee that rounds off what sticks out. */
export function levelTrack({ left, right }: Track, peak: number): void {
  let loudest = 0
  for (let index = 0; index < left.length; index++)
    loudest = Math.max(loudest, Math.abs(left[index]!), Math.abs(right[index]!))
  const gain = loudest === 0 ? 0 : 1.35 / loudest
  const top = Math.tanh(1.35)
  for (const channel of [left, right])
    for (let index = 0; index < channel.length; index++)
      channel[index] = (Math.tanh(channel[index]! * gain) / top) * peak
}
