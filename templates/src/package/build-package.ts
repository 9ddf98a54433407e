import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { MANIFEST_VERSION, manifestSchema, modificationsSchema } from '@flatrender/contracts/template'
import { composition } from '../../kit/composition.ts'
import { type Format, formats } from '../../kit/format.ts'
import { writeAnimation } from '../../kit/write-animation.ts'
import { writeJson, writePrettyJson } from '../../kit/write-json.ts'
import type { FontDefinition, SceneDefinition, TemplateDefinition } from './scene-definition.ts'

/** Package path → contents. */
export type PackageFiles = Map<string, Uint8Array>

const encoder = new TextEncoder()

/** Makes every file of a template's package, validated against the contracts. Sorted by path. */
export async function buildPackage(template: TemplateDefinition): Promise<PackageFiles> {
  const { fonts, scenes, files, samples, ...rest } = template
  const output: PackageFiles = new Map()
  const fontEntries = fonts.map((font) => addFont(output, font))
  for (const scene of scenes) for (const format of formats) addAnimation(output, template, scene, format)
  for (const { path, make } of files) output.set(path, await make())
  for (const [language, sample] of Object.entries(samples)) {
    modificationsSchema.parse(sample)
    output.set(`data/${language}.json`, text(writePrettyJson(sample)))
  }
  const manifest = {
    flatrender: MANIFEST_VERSION,
    ...rest,
    formats: Object.fromEntries(formats.map(({ name, width, height }) => [name, { width, height }])),
    fonts: fontEntries,
    scenes: scenes.map(writeScene),
    samples: Object.fromEntries(Object.keys(samples).map((language) => [language, `data/${language}.json`])),
  }
  manifestSchema.parse(manifest)
  output.set('flatrender.json', text(writePrettyJson(manifest)))
  output.set('manifest.json', text(writePrettyJson(writeDotLottie(scenes))))
  return new Map([...output].sort(([one], [other]) => (one < other ? -1 : 1)))
}

function text(content: string): Uint8Array {
  return encoder.encode(content)
}

function addFont(output: PackageFiles, { source, licence, ...font }: FontDefinition) {
  const bytes = readFileSync(createRequire(import.meta.url).resolve(source))
  const sha256 = createHash('sha256').update(bytes).digest('hex')
  const file = `fonts/${sha256}.woff2`
  output.set(file, bytes)
  return { ...font, file, sha256, licence }
}

function animationName(scene: SceneDefinition, format: Format): string {
  return `${scene.id}.${format.key}`
}

function addAnimation(
  output: PackageFiles,
  template: TemplateDefinition,
  scene: SceneDefinition,
  format: Format,
): void {
  const { frames, stretch } = scene
  const drawn = composition(scene.id, format.width, format.height, scene.draw(format))
  const animation = writeAnimation(drawn, { frames, fps: Number(template.fps), stretch })
  output.set(`a/${animationName(scene, format)}.json`, text(writeJson(animation)))
}

function writeScene({ frames, stretch, draw, ...scene }: SceneDefinition) {
  return {
    ...scene,
    animations: Object.fromEntries(
      formats.map((format) => [
        format.name,
        `a/${animationName({ ...scene, frames, stretch, draw }, format)}.json`,
      ]),
    ),
  }
}

function writeDotLottie(scenes: readonly SceneDefinition[]) {
  const animations = scenes.flatMap((scene) =>
    formats.map((format) => ({ id: animationName(scene, format) })),
  )
  return { version: '2', generator: 'flatrender templates', animations }
}
