import { definePalette } from '../../kit/palette.ts'

/** Colour roles of the story slides. */
export const palette = definePalette(
  {
    background: { name: { en: 'Background', fa: 'پس‌زمینه' }, default: '#fbe9d7' },
    surface: { name: { en: 'Cards', fa: 'کارت‌ها' }, default: '#fffaf3' },
    primary: { name: { en: 'Main colour', fa: 'رنگ اصلی' }, default: '#12544f' },
    accent: { name: { en: 'Accent', fa: 'رنگ تأکید' }, default: '#f2784b' },
    text: { name: { en: 'Text', fa: 'متن' }, default: '#1c2b2d' },
    onPrimary: { name: { en: 'Text on the main colour', fa: 'متن روی رنگ اصلی' }, default: '#fff6ea' },
    onAccent: { name: { en: 'Text on the accent', fa: 'متن روی رنگ تأکید' }, default: '#2a0f06' },
  },
  {
    harbour: {
      name: { en: 'Harbour', fa: 'بندر' },
      colors: {
        background: '#e3eef7',
        surface: '#ffffff',
        primary: '#173a6a',
        accent: '#ffb703',
        text: '#10233d',
        onPrimary: '#f2f8ff',
        onAccent: '#231700',
      },
    },
    dusk: {
      name: { en: 'Dusk', fa: 'غروب' },
      colors: {
        background: '#241538',
        surface: '#38234f',
        primary: '#f08a8d',
        accent: '#ffc46b',
        text: '#fdf0ff',
        onPrimary: '#2a0d24',
        onAccent: '#2b1600',
      },
    },
  },
)
