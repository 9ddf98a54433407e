import type { TemplateDefinition } from '../package/scene-definition.ts'
import { feature } from './feature.ts'
import { gallery } from './gallery.ts'
import { intro } from './intro.ts'
import { sounds } from './music.ts'
import { offer } from './offer.ts'
import { outro } from './outro.ts'
import { palette } from './palette.ts'
import { pictures } from './pictures.ts'
import { pointsScene } from './points.ts'
import { samples } from './samples.ts'
import { testimonial } from './testimonial.ts'
import { fonts } from './type.ts'
import { video } from './video.ts'

/** A product promo: scenes to pick, reorder and repeat. */
export const productPromo: TemplateDefinition = {
  id: 'product-promo',
  version: '1.0.0',
  name: { en: 'Product promo', fa: 'معرفی محصول' },
  description: {
    en: 'Introduces a product: features with pictures and video, points, an offer, a customer’s words.',
    fa: 'محصولی را معرفی می‌کند: ویژگی‌ها با تصویر و ویدیو، نکته‌ها، پیشنهاد ویژه و نظر مشتری.',
  },
  licence: 'MIT',
  languages: ['en', 'fa'],
  fps: 30,
  palette: palette.manifest,
  fonts,
  scenes: [intro, feature, video, pointsScene, gallery, offer, testimonial, outro],
  transitions: [
    { id: 'crossfade', type: 'crossfade', seconds: 0.4 },
    { id: 'push', type: 'push', seconds: 0.6, direction: 'left' },
    { id: 'slide', type: 'slide', seconds: 0.6, direction: 'up' },
    { id: 'wipe', type: 'wipe', seconds: 0.6, direction: 'left' },
    { id: 'zoom', type: 'zoom', seconds: 0.5 },
    { id: 'cut', type: 'cut' },
  ],
  defaultTransition: 'crossfade',
  presets: [
    {
      id: 'full',
      name: { en: 'The whole story', fa: 'داستان کامل' },
      story: {
        scenes: [
          { scene: 'intro' },
          { scene: 'feature' },
          { scene: 'video' },
          { scene: 'points' },
          { scene: 'gallery' },
          { scene: 'testimonial' },
          { scene: 'offer' },
          { scene: 'outro' },
        ],
      },
    },
  ],
  files: [...pictures, ...sounds],
  music: {
    file: 'audio/loop.ogg',
    name: { en: 'Open window', fa: 'پنجرهٔ باز' },
    volume: 0.8,
    fadeIn: 0.4,
    fadeOut: 1.8,
  },
  samples,
}
