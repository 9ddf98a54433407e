import { definePalette } from '../../kit/palette.ts'

/** Colour roles of the kinetic quote. */
export const palette = definePalette(
  {
    background: { name: { en: 'Background', fa: 'پس‌زمینه' }, default: '#121212' },
    text: { name: { en: 'Text', fa: 'متن' }, default: '#f7f3e8' },
    accent: { name: { en: 'Accent ground', fa: 'زمینهٔ تأکید' }, default: '#ff5c35' },
    onAccent: { name: { en: 'Text on the accent', fa: 'متن روی تأکید' }, default: '#121212' },
    detail: { name: { en: 'Details', fa: 'جزئیات' }, default: '#ffd23f' },
  },
  {
    ink: {
      name: { en: 'Ink and paper', fa: 'جوهر و کاغذ' },
      colors: {
        background: '#f4efe4',
        text: '#15233b',
        accent: '#15233b',
        onAccent: '#f4efe4',
        detail: '#e4572e',
      },
    },
    violet: {
      name: { en: 'Violet', fa: 'بنفش' },
      colors: {
        background: '#2a0f4f',
        text: '#f6eeff',
        accent: '#c7f464',
        onAccent: '#2a0f4f',
        detail: '#ff7ab6',
      },
    },
    sea: {
      name: { en: 'Sea', fa: 'دریا' },
      colors: {
        background: '#e6f4f1',
        text: '#06363b',
        accent: '#0b6e6e',
        onAccent: '#f3fffb',
        detail: '#ff8a5b',
      },
    },
  },
)

/** The two grounds that scenes alternate between, each with the colour of words on it. */
export const grounds = {
  plain: { ground: 'background', ink: 'text' },
  accent: { ground: 'accent', ink: 'onAccent' },
} as const
export type Ground = (typeof grounds)[keyof typeof grounds]
