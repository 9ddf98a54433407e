import type { TemplateDefinition } from '../package/scene-definition.ts'
import { cover } from './cover.ts'
import { duo } from './duo.ts'
import { end } from './end.ts'
import { fact } from './fact.ts'
import { palette } from './palette.ts'
import { photo } from './photo.ts'
import { pictures } from './pictures.ts'
import { samples } from './samples.ts'
import { sounds } from './sounds.ts'
import { fonts } from './type.ts'
import { words } from './words.ts'

const scenes = [cover, photo, words, duo, fact, end]

/** A story or slideshow, made for a phone held upright first. */
export const storySlides: TemplateDefinition = {
  id: 'story-slides',
  version: '1.0.0',
  name: { en: 'Story slides', fa: 'اسلایدهای استوری' },
  description: {
    en: 'A story in slides: a cover, prints, pairs of pictures, numbers and words.',
    fa: 'داستانی در چند اسلاید: جلد، عکس، دو تصویر، عدد و نوشته.',
  },
  licence: 'MIT',
  languages: ['en', 'fa'],
  fps: 30,
  palette: palette.manifest,
  fonts,
  scenes,
  transitions: [
    { id: 'crossfade', type: 'crossfade', seconds: 0.4 },
    { id: 'slide', type: 'slide', seconds: 0.5, direction: 'left' },
    { id: 'push', type: 'push', seconds: 0.5, direction: 'up' },
    { id: 'zoom', type: 'zoom', seconds: 0.45 },
    { id: 'cut', type: 'cut' },
  ],
  defaultTransition: 'crossfade',
  presets: [
    {
      id: 'journey',
      name: { en: 'A journey', fa: 'یک سفر' },
      story: { scenes: scenes.map(({ id }) => ({ scene: id })) },
    },
    {
      id: 'album',
      name: { en: 'An album', fa: 'یک آلبوم' },
      story: { scenes: ['cover', 'photo', 'photo', 'duo', 'photo', 'end'].map((scene) => ({ scene })) },
    },
  ],
  music: {
    file: 'audio/loop.ogg',
    name: { en: 'Slow caravan', fa: 'کاروان آرام' },
    volume: 0.8,
    fadeIn: 0.4,
    fadeOut: 1.8,
  },
  files: [...pictures, ...sounds],
  samples,
}
