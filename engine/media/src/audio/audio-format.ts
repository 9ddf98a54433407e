/** The one format in which we mix: samples a second, and interleaved left and right as 32-bit floats. */
export const sampleRate = 48_000
/** All sound is mixed in stereo. */
export const channels = 2
/** Bytes of one moment in a mix: a 32-bit float for each channel, interleaved. */
export const bytesASample = channels * Float32Array.BYTES_PER_ELEMENT

/** Samples per block in which sound is mixed and filtered: a tenth of a second. */
export const blockSamples = 4800

/** Decibels as a factor of amplitude. */
export function fromDecibels(decibels: number): number {
  return 10 ** (decibels / 20)
}
