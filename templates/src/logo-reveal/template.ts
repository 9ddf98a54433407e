import type { TemplateDefinition } from '../package/scene-definition.ts'
import { lockup } from './lockup.ts'
import { paintMark } from './logo-picture.ts'
import { mark } from './mark.ts'
import { palette } from './palette.ts'
import { samples } from './samples.ts'
import { sounds } from './sounds.ts'
import { fonts } from './type.ts'
import { wordmark } from './wordmark.ts'

/** A logo reveal in three ways: the mark, the name, or both. */
export const logoReveal: TemplateDefinition = {
  id: 'logo-reveal',
  version: '1.0.0',
  name: { en: 'Logo reveal', fa: 'نمایش نشان' },
  description: {
    en: 'Streaks of light run together and a logo, a name or both appear.',
    fa: 'رگه‌های نور به هم می‌رسند و نشان، نام یا هر دو پدیدار می‌شوند.',
  },
  licence: 'MIT',
  languages: ['en', 'fa'],
  fps: 30,
  palette: palette.manifest,
  fonts,
  scenes: [mark, wordmark, lockup],
  transitions: [
    { id: 'cut', type: 'cut' },
    { id: 'crossfade', type: 'crossfade', seconds: 0.3 },
    { id: 'zoom', type: 'zoom', seconds: 0.4 },
  ],
  defaultTransition: 'cut',
  presets: [
    {
      id: 'logo-and-name',
      name: { en: 'Logo and name', fa: 'نشان و نام' },
      story: { scenes: [{ scene: 'lockup' }] },
    },
    { id: 'logo', name: { en: 'Logo alone', fa: 'نشان تنها' }, story: { scenes: [{ scene: 'mark' }] } },
    { id: 'name', name: { en: 'Name alone', fa: 'نام تنها' }, story: { scenes: [{ scene: 'wordmark' }] } },
  ],
  music: {
    file: 'audio/loop.ogg',
    name: { en: 'First light', fa: 'نخستین روشنایی' },
    volume: 0.7,
    fadeIn: 0.3,
    fadeOut: 1.5,
  },
  files: [
    ...sounds,
    {
      path: 'i/logo.png',
      make: () => paintMark(600, { left: '#ff7a59', right: '#7c5cff', star: '#ffc145' }),
    },
    {
      path: 'data/media/logo.png',
      make: () => paintMark(600, { left: '#ff7a59', right: '#7c5cff', star: '#ffc145' }),
    },
  ],
  samples,
}
