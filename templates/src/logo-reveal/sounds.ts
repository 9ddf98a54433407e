import type { MadeFile } from '../package/scene-definition.ts'
import { composeLoop } from '../sound/compose-loop.ts'
import { chime, whoosh } from '../sound/effects.ts'
import { soundFile } from '../sound/sound-file.ts'

/** A calm bed under the chime: D major, without a drum. */
const loop = {
  bpm: 84,
  chords: [
    [38, 57, 62, 66, 69],
    [43, 59, 62, 66, 69],
    [35, 57, 62, 66, 71],
    [45, 57, 61, 64, 69],
  ],
  arpeggio: [2, 6, 9, 13],
  lead: 'bell',
  kicks: [],
  shaker: 0,
  brightness: 0.32,
  seed: 21,
} as const

/** The music and the sounds of the cues. */
export const sounds: readonly MadeFile[] = [
  soundFile('audio/loop.ogg', () => composeLoop(loop), 80),
  soundFile('audio/rise.ogg', whoosh),
  soundFile('audio/chime.ogg', () => chime([62, 69, 74, 78, 81]), 64),
]
