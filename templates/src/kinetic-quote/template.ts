import { paintFace } from '../media/paint-face.ts'
import type { TemplateDefinition } from '../package/scene-definition.ts'
import { author } from './author.ts'
import { line, shout } from './line.ts'
import { open } from './open.ts'
import { palette } from './palette.ts'
import { samples } from './samples.ts'
import { sounds } from './sounds.ts'
import { split } from './split.ts'
import { fonts } from './type.ts'
import { word } from './word.ts'

const maker = {
  ground: ['#2f6f73', '#123c47'],
  hair: '#d9812f',
  skin: '#f0c5a3',
  shade: '#dca683',
  blush: '#e79a7c',
  shirt: '#f2e3c6',
  line: '#5b2d20',
} as const

/** Sentences that move: a quotation, a manifesto, a thought. */
export const kineticQuote: TemplateDefinition = {
  id: 'kinetic-quote',
  version: '1.0.0',
  name: { en: 'Kinetic quote', fa: 'نقل‌قول جنبان' },
  description: {
    en: 'Large words on bold colours, sentence after sentence, and who said them.',
    fa: 'واژه‌های بزرگ روی رنگ‌های پررنگ، جمله به جمله، و نام گوینده.',
  },
  licence: 'MIT',
  languages: ['en', 'fa'],
  fps: 30,
  palette: palette.manifest,
  fonts,
  scenes: [open, line, shout, split, word, author],
  transitions: [
    { id: 'cut', type: 'cut' },
    { id: 'push', type: 'push', seconds: 0.4, direction: 'up' },
    { id: 'slide', type: 'slide', seconds: 0.4, direction: 'up' },
    { id: 'crossfade', type: 'crossfade', seconds: 0.25 },
  ],
  defaultTransition: 'cut',
  presets: [
    {
      id: 'quote',
      name: { en: 'A quotation', fa: 'یک نقل‌قول' },
      story: { scenes: ['open', 'line', 'shout', 'split', 'word', 'author'].map((scene) => ({ scene })) },
    },
    {
      id: 'short',
      name: { en: 'Short', fa: 'کوتاه' },
      story: { scenes: ['line', 'shout', 'author'].map((scene) => ({ scene })) },
    },
  ],
  music: {
    file: 'audio/loop.ogg',
    name: { en: 'Footsteps', fa: 'گام‌ها' },
    volume: 0.8,
    fadeIn: 0.1,
    fadeOut: 1.2,
  },
  files: [
    ...sounds,
    { path: 'i/portrait.jpg', make: () => paintFace(600, maker) },
    { path: 'data/media/speaker.jpg', make: () => paintFace(600, maker) },
  ],
  samples,
}
