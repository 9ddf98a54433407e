import { definePalette } from '../../kit/palette.ts'

/** Colour roles of the logo reveal. */
export const palette = definePalette(
  {
    background: { name: { en: 'Background', fa: 'پس‌زمینه' }, default: '#0d0f1a' },
    glow: { name: { en: 'Middle of the background', fa: 'میانهٔ پس‌زمینه' }, default: '#23264a' },
    primary: { name: { en: 'Main colour', fa: 'رنگ اصلی' }, default: '#7c5cff' },
    accent: { name: { en: 'Accent', fa: 'رنگ تأکید' }, default: '#ff7a59' },
    text: { name: { en: 'Text', fa: 'متن' }, default: '#f5f3ff' },
  },
  {
    porcelain: {
      name: { en: 'Porcelain', fa: 'چینی' },
      colors: {
        background: '#e9e6df',
        glow: '#fbfaf7',
        primary: '#2f5d8c',
        accent: '#d9603b',
        text: '#1c2733',
      },
    },
    saffron: {
      name: { en: 'Saffron', fa: 'زعفران' },
      colors: {
        background: '#f2a71b',
        glow: '#ffca57',
        primary: '#8c1c2f',
        accent: '#ffffff',
        text: '#2b0d14',
      },
    },
    lagoon: {
      name: { en: 'Lagoon', fa: 'تالاب' },
      colors: {
        background: '#032b30',
        glow: '#0b5158',
        primary: '#3fd0b6',
        accent: '#ffd166',
        text: '#f0fffb',
      },
    },
  },
)
