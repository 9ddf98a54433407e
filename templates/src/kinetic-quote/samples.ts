/** A sample: an opening, four thoughts, a name. */
type Words = Record<
  'title' | 'topic' | 'line' | 'shout' | 'upper' | 'lower' | 'word' | 'name' | 'role',
  string
>

function tell(language: string, words: Words) {
  const { title, topic, line, shout, upper, lower, word, name, role } = words
  return {
    language,
    scenes: [
      { scene: 'open', modifications: { title, topic } },
      { scene: 'line', modifications: { text: line } },
      { scene: 'shout', modifications: { text: shout } },
      { scene: 'split', modifications: { upper, lower } },
      { scene: 'word', modifications: { word } },
      { scene: 'author', modifications: { portrait: 'media/speaker.jpg', name, role } },
    ],
  }
}

/** Sample modifications by language. */
export const samples = {
  en: tell('en', {
    title: 'On making things\u00a0well',
    topic: 'A note in five breaths',
    line: 'Start before you are ready',
    shout: 'Finish before it is perfect',
    upper: 'Care about',
    lower: 'every detail',
    word: 'Enough',
    name: 'Ada Lindqvist',
    role: 'Furniture maker',
  }),
  fa: tell('fa', {
    title: 'دربارهٔ خوب ساختن',
    topic: 'یادداشتی در پنج نفس',
    line: 'پیش از آن‌که آماده باشی، آغاز کن',
    shout: 'پیش از آن‌که بی‌نقص شود، به پایان ببر',
    upper: 'دل بسپار',
    lower: 'به تک‌تک جزئیات',
    word: 'همین',
    name: 'آذر نیک‌پور',
    role: 'سازندهٔ مبلمان چوبی',
  }),
}
