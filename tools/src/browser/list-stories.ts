import type { TemplatePackage } from '@flatrender/engine-scene'

/** A story made of what a template itself brings. */
export interface TemplateStory {
  /** For people: `sample fa`, `preset album`. */
  readonly name: string
  readonly modifications: unknown
}

/** What a sample holds, as far as it is read here. */
interface Sample {
  readonly scenes: readonly object[]
}

/** Its samples, its presets, and each sample's scenes in a row with every transition that the template declares. */
export function listStories({ manifest, files }: TemplatePackage): TemplateStory[] {
  const samples = Object.entries(manifest.samples).map(([language, file]) => ({
    language,
    sample: JSON.parse(new TextDecoder().decode(files.get(file))) as Sample,
  }))
  const transitions = manifest.transitions.filter(({ type }) => type !== 'cut').map(({ id }) => id)
  return [
    ...samples.map(({ language, sample }) => ({ name: `sample ${language}`, modifications: sample })),
    ...manifest.presets.map(({ id }) => ({ name: `preset ${id}`, modifications: { preset: id } })),
    ...samples.map(({ language, sample }) => ({
      name: `transitions ${language}`,
      modifications: withTransitions(sample, transitions),
    })),
  ]
}

function withTransitions(sample: Sample, transitions: readonly string[]): Sample {
  const scenes = [...transitions, undefined].map((transition, index) => {
    const scene = sample.scenes[index % sample.scenes.length]
    return { ...scene, transition }
  })
  return { ...sample, scenes }
}
