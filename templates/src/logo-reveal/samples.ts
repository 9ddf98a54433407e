/** A sample: the mark, then mark and name together. */
function tell(language: string, name: string, tagline: string, closing: string) {
  const logo = 'media/logo.png'
  return {
    language,
    scenes: [
      { scene: 'mark', modifications: { logo, tagline } },
      { scene: 'wordmark', modifications: { name, tagline } },
      { scene: 'lockup', modifications: { logo, name, tagline: closing } },
    ],
  }
}

/** Sample modifications by language. */
export const samples = {
  en: tell('en', 'Northbound', 'Small steps, far places', 'Walking holidays since 2009'),
  fa: tell('fa', 'شمال‌رو', 'قدم‌های کوچک، راه‌های دور', 'همراه کوه‌نوردان از ۱۳۸۸'),
}
