import type { SampleWords } from './sample-words.ts'

/** The story of a lamp, in English. */
export const english: SampleWords = {
  intro: {
    brand: 'Lumo',
    title: 'Light that follows your\u00a0day',
    subtitle: 'The lamp that wakes, works and winds down with\u00a0you.',
  },
  feature: {
    label: 'Adaptive glow',
    title: 'It reads the room, so you don’t have\u00a0to',
    text: 'Twelve sensors follow the daylight and keep your desk at the brightness your eyes like best.',
  },
  video: {
    title: 'Watch the evening\u00a0arrive',
    text: 'From focus white to candle gold, in one slow\u00a0breath.',
  },
  second: {
    label: 'Quiet by design',
    title: 'One knob. No\u00a0app. No\u00a0fuss.',
    text: 'Turn it for brightness, press it for warmth. That is the whole manual.',
  },
  points: {
    title: 'Three good reasons',
    point1: 'Ready in a minute',
    text1: 'Plug it in, turn the knob, done.',
    point2: 'Made to last',
    text2: 'Glass, brass and a ten-year warranty.',
    point3: 'Sips power',
    text3: 'A whole evening for less than a cent.',
  },
  gallery: { title: 'At home in every room' },
  testimonial: {
    quote: 'My desk finally feels like morning. I switched it on once and never touched it\u00a0again.',
    person: 'Mina Hart',
    role: 'Illustrator, Copenhagen',
  },
  offer: {
    title: 'This week only',
    oldPrice: '$189',
    price: '$129',
    note: 'Free delivery, and thirty days to change your\u00a0mind.',
    badge: '−30%',
  },
  outro: { title: 'Bring the daylight in', button: 'Order yours', link: 'lumo.example' },
}
