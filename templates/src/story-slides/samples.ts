/** What a sample says, slide by slide. */
type Words = {
  cover: Record<'label' | 'title' | 'text', string>
  photo: Record<'caption', string>
  words: Record<'text' | 'source', string>
  duo: Record<'title', string>
  fact: Record<'number' | 'unit' | 'text', string>
  end: Record<'title' | 'handle' | 'button', string>
}

function tell(language: string, { cover, photo, words, duo, fact, end }: Words) {
  return {
    language,
    scenes: [
      { scene: 'cover', modifications: { picture: 'media/sunset.mp4', ...cover } },
      {
        scene: 'photo',
        modifications: { picture: { src: 'media/oasis.jpg', focal: { x: 0.4, y: 0.42 } }, ...photo },
      },
      { scene: 'words', modifications: words },
      { scene: 'duo', modifications: { first: 'media/dawn.jpg', second: 'media/night.jpg', ...duo } },
      { scene: 'fact', modifications: { ...fact, share: 72 } },
      { scene: 'end', modifications: { avatar: 'media/guide.jpg', ...end } },
    ],
  }
}

/** Sample modifications by language. */
export const samples = {
  en: tell('en', {
    cover: {
      label: 'Field notes',
      title: 'Three days between dune and star',
      text: 'A slow walk through the desert',
    },
    photo: { caption: 'The first shade after noon' },
    words: { text: 'We learned to walk at the pace of the\u00a0shadow.', source: 'From the travel diary' },
    duo: { title: 'Gold by day, silver\u00a0by\u00a0night' },
    fact: { number: '42', unit: 'kilometres', text: 'on foot, most of them before\u00a0breakfast' },
    end: { title: 'Walk with us next\u00a0time', handle: '@slow.caravan', button: 'Follow along' },
  }),
  fa: tell('fa', {
    cover: { label: 'سفرنامه', title: 'سه روز میان شن و ستاره', text: 'پیاده‌رویی آرام در دل کویر' },
    photo: { caption: 'نخستین سایهٔ پس از ظهر' },
    words: { text: 'یاد گرفتیم پابه‌پای سایه‌ها\u00a0راه\u00a0برویم.', source: 'از دفتر خاطرات سفر' },
    duo: { title: 'روزها طلایی، شب‌ها\u00a0نقره‌ای' },
    fact: { number: '۴۲', unit: 'کیلومتر', text: 'پیاده، که بیشترش پیش از صبحانه بود' },
    end: { title: 'بار دیگر با ما هم‌قدم\u00a0شوید', handle: '@aheste.karvan', button: 'دنبال کنید' },
  }),
}
