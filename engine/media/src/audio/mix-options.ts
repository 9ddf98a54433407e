/** One sound on the timeline. Times are seconds. */
export interface SoundTrack {
  readonly file: string
  /** Music is ducked under voice. */
  readonly kind: 'music' | 'voice' | 'sfx' | 'clip'
  /** When it begins on the timeline. */
  readonly start: number
  /** The part of the file that is used, at its own speed; to the file's end if `trimEnd` is absent. */
  readonly trimStart?: number
  readonly trimEnd?: number
  /** Begin again at `trimStart` for as long as the track lasts. */
  readonly loop?: boolean
  /** How long it lasts on the timeline at most; to the timeline's end if absent. */
  readonly duration?: number
  /** Factor of amplitude; 1 leaves it. */
  readonly volume?: number
  readonly fadeIn?: number
  readonly fadeOut?: number
  /** Playing speed, without a change of pitch. */
  readonly speed?: number
}

/** How music gives way to voice. */
export interface Ducking {
  /** Decibels by which music sinks while somebody speaks; the sign does not matter. */
  readonly musicUnderVoice: number
  /** Seconds in which it sinks, and in which it comes back. */
  readonly attack: number
  readonly release: number
}

/** What is mixed, how long it is and how loud it becomes. */
export interface MixOptions {
  /** Length of the timeline; the mix is as long to the sample. */
  readonly seconds: number
  readonly tracks: readonly SoundTrack[]
  readonly ducking?: Ducking
  /** Integrated loudness to reach (ITU-R BS.1770), in LUFS; null leaves it as mixed. */
  readonly loudness: number | null
  /** No peak between samples exceeds this, in dBTP. */
  readonly truePeak: number
  /** Receives the mix: raw 32-bit floats, interleaved stereo, 48 kHz. */
  readonly outFile: string
  /** Stops mixing within a tenth of a second of sound: RENDER_CANCELLED, and no file is left. */
  readonly signal?: AbortSignal
  /** Called about ten times for every second of sound, so that who waits knows that this isn't stuck. */
  readonly onProgress?: () => void
}

/** What came of a mix. */
export interface MixedAudio {
  readonly file: string
  /** Samples of each channel. */
  readonly samples: number
  /** Integrated loudness in LUFS and highest true peak in dBTP, as written. */
  readonly loudness: number
  readonly truePeak: number
}
