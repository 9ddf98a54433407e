import assert from 'node:assert/strict'
import { readdir, readFile } from 'node:fs/promises'
import path from 'node:path'
import { test } from 'node:test'
import { fileURLToPath } from 'node:url'
import {
  listMediaUses,
  listStoryTexts,
  openTemplate,
  planStory,
  requireStory,
} from '@flatrender/engine-scene'
import { openFonts } from './open-fonts.ts'

const folder = fileURLToPath(new URL('../../../templates/kinetic-quote', import.meta.url))

async function readTemplate() {
  const files = new Map<string, Uint8Array>()
  for (const entry of await readdir(folder, { withFileTypes: true, recursive: true })) {
    if (!entry.isFile()) continue
    const file = path.join(entry.parentPath, entry.name)
    files.set(path.relative(folder, file).replaceAll(path.sep, '/'), await readFile(file))
  }
  return openTemplate(files, 'kinetic-quote')
}

test('a server that paints nothing plans a render: no native library is loaded', async () => {
  const template = await readTemplate()
  const story = requireStory(template.manifest, { preset: template.manifest.presets[0]!.id })
  assert.deepEqual(listMediaUses(story), [])
  const fonts = await openFonts(template, listStoryTexts(template, story, '16:9'))
  const request = {
    template,
    story,
    format: '16:9',
    media: new Map(),
    ...fonts,
    output: { container: 'mp4', resolution: '720p' } as const,
    engine: 'some build',
  }
  const { plan, lotties, sound } = planStory(request)
  assert.equal(plan.engine, 'some build')
  assert.deepEqual(new Set(plan.pieces.map(({ lottie }) => lottie)), new Set(lotties.keys()))
  assert.equal(plan.segments.length > 0, true)
  assert.equal(sound === undefined, plan.audio === null)
  assert.deepEqual(planStory(request).plan, plan)
  const { sharedObjects } = process.report.getReport() as unknown as { sharedObjects: string[] }
  assert.deepEqual(
    sharedObjects.filter((file) => file.endsWith('.node')),
    [],
  )
})
