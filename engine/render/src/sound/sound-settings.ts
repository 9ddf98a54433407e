import type { Container } from '@flatrender/contracts/engine'
import type { AudioCodec } from '@flatrender/engine-media'

/** Loudness that streaming services play at, LUFS. */
export const LOUDNESS = -14
/** The highest true peak, dBTP. */
export const TRUE_PEAK = -1
/** Music steps back this far under a voice (dB), and how fast it goes and comes (seconds). */
export const DUCKING = { musicUnderVoice: 12, attack: 0.15, release: 0.6 }

const CODECS: Partial<Record<Container, AudioCodec>> = { mp4: 'aac', webm: 'opus', mov: 'aac' }

/** How a file's sound is encoded; undefined for one that has none. */
export function codecOf(container: Container): AudioCodec | undefined {
  return CODECS[container]
}
