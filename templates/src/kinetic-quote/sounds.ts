import type { MadeFile } from '../package/scene-definition.ts'
import { composeLoop } from '../sound/compose-loop.ts'
import { knock, tick, whoosh } from '../sound/effects.ts'
import { soundFile } from '../sound/sound-file.ts'

/** A dry, driving loop in A minor. */
const loop = {
  bpm: 112,
  chords: [
    [45, 57, 60, 64],
    [45, 57, 60, 67],
    [41, 57, 60, 65],
    [43, 59, 62, 67],
    [45, 57, 60, 64],
    [45, 57, 62, 64],
    [38, 57, 62, 65],
    [40, 56, 59, 64],
  ],
  arpeggio: [0, 2, 3, 6, 8, 10, 11, 14],
  lead: 'pluck',
  kicks: [0, 1, 2, 3],
  shaker: 0.1,
  brightness: 0.3,
  seed: 33,
} as const

/** The music and the sounds of the cues. */
export const sounds: readonly MadeFile[] = [
  soundFile('audio/loop.ogg', () => composeLoop(loop), 88),
  soundFile('audio/whoosh.ogg', whoosh),
  soundFile('audio/knock.ogg', knock),
  soundFile('audio/tick.ogg', tick),
]
