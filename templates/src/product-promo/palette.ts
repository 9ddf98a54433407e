import { definePalette } from '../../kit/palette.ts'

/** Colour roles of the product promo. */
export const palette = definePalette(
  {
    background: { name: { en: 'Background', fa: 'پس‌زمینه' }, default: '#f6f1e9' },
    surface: { name: { en: 'Cards', fa: 'کارت‌ها' }, default: '#ffffff' },
    primary: { name: { en: 'Main colour', fa: 'رنگ اصلی' }, default: '#3a2bc4' },
    accent: { name: { en: 'Accent', fa: 'رنگ تأکید' }, default: '#ff8552' },
    text: { name: { en: 'Text', fa: 'متن' }, default: '#1b1733' },
    onPrimary: { name: { en: 'Text on the main colour', fa: 'متن روی رنگ اصلی' }, default: '#ffffff' },
    onAccent: { name: { en: 'Text on the accent', fa: 'متن روی رنگ تأکید' }, default: '#1b1733' },
  },
  {
    midnight: {
      name: { en: 'Midnight', fa: 'نیمه‌شب' },
      colors: {
        background: '#10122b',
        surface: '#1d2048',
        primary: '#8f7bff',
        accent: '#ffb454',
        text: '#f4f2ff',
        onPrimary: '#10122b',
        onAccent: '#10122b',
      },
    },
    grove: {
      name: { en: 'Grove', fa: 'بیشه' },
      colors: {
        background: '#eef2e8',
        surface: '#ffffff',
        primary: '#17543f',
        accent: '#f0a63c',
        text: '#10261d',
        onPrimary: '#ffffff',
        onAccent: '#10261d',
      },
    },
    rose: {
      name: { en: 'Rose', fa: 'گل سرخ' },
      colors: {
        background: '#fdeff0',
        surface: '#ffffff',
        primary: '#b3123f',
        accent: '#ffa987',
        text: '#2f0a18',
        onPrimary: '#ffffff',
        onAccent: '#2f0a18',
      },
    },
  },
)
