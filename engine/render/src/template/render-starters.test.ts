import assert from 'node:assert/strict'
import { readdirSync, readFileSync, statSync } from 'node:fs'
import path from 'node:path'
import { after, before, test } from 'node:test'
import { fileURLToPath } from 'node:url'
import { prepareRender } from '../prepare/prepare-render.ts'
import { render } from '../render.ts'
import { openTestbed, type Testbed } from '../testbed/open-testbed.ts'
import type { WorkerPool } from '../worker/worker-pool.ts'
import { loadTemplate } from './load-template.ts'

const templates = fileURLToPath(new URL('../../../../templates/', import.meta.url))
const starters = readdirSync(templates).filter((name) =>
  statSync(path.join(templates, name, 'flatrender.json'), { throwIfNoEntry: false })?.isFile(),
)

let bed: Testbed
let pool: WorkerPool
before(async () => {
  bed = await openTestbed()
  pool = bed.openPool({ workers: 2 })
})
after(() => bed.close())

test('the starter templates are there', () => assert.ok(starters.length >= 3))

for (const name of starters) {
  test(`${name} renders in every format with the samples of every language`, async () => {
    const template = await loadTemplate(path.join(templates, name))
    const { formats, samples } = template.manifest
    for (const format of Object.keys(formats)) {
      for (const [language, sample] of Object.entries(samples)) {
        const file = path.join(templates, name, sample)
        const request = {
          template,
          modifications: JSON.parse(readFileSync(file, 'utf8')) as unknown,
          mediaFolder: path.dirname(file),
          format,
          // Few frames, but the same slots are looked at.
          output: { container: 'mp4', quality: 'draft', resolution: '160p', fps: 2 } as const,
        }
        const prepared = await prepareRender(request, { workspace: bed.workspace, pool })
        const { frames } = await render(prepared, {
          workspace: bed.workspace,
          pool,
          workers: 2,
          cacheLimit: 1e9,
          output: bed.file(`${language}.mp4`),
          verify: 'key',
          digest: false,
          signal: new AbortController().signal,
          onProgress: () => {},
        })
        assert.equal(frames, prepared.plan.frames, `${format} ${language}`)
      }
    }
  })
}
