import { openSoundFilter } from './open-sound-filter.ts'

/** Measures sound as it goes by. */
export interface LoudnessMeter {
  push(samples: Float32Array): void
  /** Integrated loudness in LUFS (ITU-R BS.1770, gated) and true peak in dBTP; −70 and below is silence. */
  finish(): { readonly loudness: number; readonly truePeak: number }
}

/** Opens FFmpeg's ebur128 meter. */
export function openLoudnessMeter(): LoudnessMeter {
  let loudness = -70
  let truePeak = Number.NEGATIVE_INFINITY
  const filter = openSoundFilter('ebur128=peak=true:metadata=1', (_, values) => {
    loudness = Number(values['lavfi.r128.I'] ?? loudness)
    const peak = Math.max(
      Number(values['lavfi.r128.true_peaks_ch0'] ?? 0),
      Number(values['lavfi.r128.true_peaks_ch1'] ?? 0),
    )
    truePeak = Math.max(truePeak, 20 * Math.log10(peak))
  })
  return {
    push: filter.push,
    finish() {
      filter.flush()
      filter.close()
      return { loudness, truePeak }
    },
  }
}
