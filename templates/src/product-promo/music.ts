import type { MadeFile } from '../package/scene-definition.ts'
import { composeLoop } from '../sound/compose-loop.ts'
import { pop, whoosh } from '../sound/effects.ts'
import { soundFile } from '../sound/sound-file.ts'

/** An easy, bright loop: Fmaj7, Am7, Dm9, Bbmaj7, twice, the second time with another turn. */
const loop = {
  bpm: 104,
  chords: [
    [41, 57, 60, 64, 67],
    [45, 55, 60, 64, 67],
    [38, 57, 60, 64, 65],
    [46, 57, 62, 65, 69],
    [41, 57, 60, 64, 69],
    [45, 55, 60, 64, 71],
    [43, 58, 62, 65, 69],
    [48, 58, 62, 65, 67],
  ],
  arpeggio: [0, 3, 6, 8, 11, 14],
  lead: 'pluck',
  kicks: [0, 1, 2, 3],
  shaker: 0.07,
  brightness: 0.38,
  seed: 11,
} as const

/** The music and the sounds of the cues. */
export const sounds: readonly MadeFile[] = [
  soundFile('audio/loop.ogg', () => composeLoop(loop), 88),
  soundFile('audio/whoosh.ogg', whoosh),
  soundFile('audio/pop.ogg', pop),
]
