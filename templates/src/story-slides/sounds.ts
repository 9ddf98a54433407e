import type { MadeFile } from '../package/scene-definition.ts'
import { composeLoop } from '../sound/compose-loop.ts'
import { pop, tick, whoosh } from '../sound/effects.ts'
import { soundFile } from '../sound/sound-file.ts'

/** A slow walk in G: bells over warm chords, a soft beat on one and three. */
const loop = {
  bpm: 88,
  chords: [
    [43, 59, 62, 66, 71],
    [40, 59, 62, 67, 71],
    [36, 60, 64, 67, 71],
    [38, 57, 62, 66, 69],
    [43, 59, 62, 66, 74],
    [35, 57, 62, 66, 69],
  ],
  arpeggio: [0, 4, 7, 10, 12],
  lead: 'bell',
  kicks: [0, 2],
  shaker: 0.05,
  brightness: 0.34,
  seed: 47,
} as const

/** The music and the sounds of the cues. */
export const sounds: readonly MadeFile[] = [
  soundFile('audio/loop.ogg', () => composeLoop(loop), 88),
  soundFile('audio/whoosh.ogg', whoosh),
  soundFile('audio/pop.ogg', pop),
  soundFile('audio/shutter.ogg', tick),
]
