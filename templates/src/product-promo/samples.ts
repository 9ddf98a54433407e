import { english } from './sample-words.en.ts'
import { persian } from './sample-words.fa.ts'
import type { SampleWords } from './sample-words.ts'

/** The whole story: every scene, one of them twice, with pictures and a video. */
function tell(language: string, words: SampleWords) {
  const { intro, feature, video, second, points, gallery, testimonial, offer, outro } = words
  const media = 'media'
  return {
    language,
    scenes: [
      { scene: 'intro', modifications: intro },
      { scene: 'feature', modifications: { picture: `${media}/evening-desk.jpg`, ...feature } },
      { scene: 'video', modifications: { clip: `${media}/dusk.mp4`, ...video }, transition: 'push' },
      { scene: 'feature', modifications: { picture: `${media}/reading-nook.jpg`, ...second } },
      { scene: 'points', modifications: points },
      {
        scene: 'gallery',
        modifications: {
          picture1: `${media}/reading-nook.jpg`,
          picture2: `${media}/evening-desk.jpg`,
          picture3: `${media}/bedside.jpg`,
          ...gallery,
        },
      },
      { scene: 'testimonial', modifications: { portrait: `${media}/customer.jpg`, ...testimonial } },
      { scene: 'offer', modifications: offer },
      { scene: 'outro', modifications: { logo: `${media}/logo.png`, ...outro } },
    ],
  }
}

/** Sample modifications by language. */
export const samples = { en: tell('en', english), fa: tell('fa', persian) }
