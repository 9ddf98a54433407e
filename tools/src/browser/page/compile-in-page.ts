import {
  type CompiledStory,
  compileStory,
  listStoryTexts,
  openTemplate,
  readArchive,
  readModifications,
  resolveStory,
  type TemplatePackage,
  templateRate,
} from '@flatrender/engine-scene'
import { fetchFonts } from './fetch-fonts.ts'
import type { PageStory } from './page-contract.ts'

const templates = new Map<string, Promise<TemplatePackage>>()

/** Compiles a story from the archive of its template on, with nothing but engine/scene. */
export async function compileInPage({
  template: name,
  format,
  modifications,
  media,
}: PageStory): Promise<CompiledStory> {
  const template = await fetchTemplate(name)
  const { story, problems } = resolveStory(
    template.manifest,
    readModifications(template.manifest, modifications),
  )
  if (story === undefined || problems.length > 0) throw new AggregateError(problems, `${name} has problems`)
  const fonts = await fetchFonts(name, listStoryTexts(template, story, format))
  return compileStory({
    template,
    story,
    format,
    fps: templateRate(template),
    media: new Map(media),
    text: { ...fonts, ...(story.language !== undefined && { language: story.language }) },
  })
}

function fetchTemplate(name: string): Promise<TemplatePackage> {
  let template = templates.get(name)
  if (template === undefined) {
    template = fetch(`templates/${name}/archive.lottie`)
      .then((answer) => answer.bytes())
      .then((bytes) => openTemplate(readArchive(bytes, name), name))
    templates.set(name, template)
  }
  return template
}
