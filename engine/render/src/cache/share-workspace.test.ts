import assert from 'node:assert/strict'
import { spawn } from 'node:child_process'
import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { json } from 'node:stream/consumers'
import { after, before, test } from 'node:test'
import { fileURLToPath } from 'node:url'
import type { RenderResult } from '../render.ts'
import { openTestbed, type Testbed } from '../testbed/open-testbed.ts'
import { cardScene, makeTemplate } from '../testbed/test-template.ts'
import { openSegmentCache } from './segment-cache.ts'

let bed: Testbed
before(async () => {
  bed = await openTestbed()
})
after(() => bed.close())

const FRAMES = 450
const script = fileURLToPath(new URL('../testbed/render-process.ts', import.meta.url))

async function renderElsewhere(output: string): Promise<RenderResult> {
  const home = bed.workspace.folder
  const child = spawn(process.execPath, [script, bed.folder, home, output, String(FRAMES)], {
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  return (await json(child.stdout)) as RenderResult
}

test('two processes that miss the same segments at the same time paint each once', async () => {
  const [a, b] = await Promise.all([renderElsewhere('a.mp4'), renderElsewhere('b.mp4')])
  assert.equal(a.painted + b.painted, FRAMES)
  assert.equal(a.cached + b.cached, FRAMES)
  assert.ok((await readFile(bed.file('a.mp4'))).equals(await readFile(bed.file('b.mp4'))))
  for (const bucket of await readdir(bed.workspace.segments)) {
    const names = await readdir(path.join(bed.workspace.segments, bucket))
    assert.ok(
      names.every((name) => name.endsWith('.segment')),
      `${names}`,
    )
  }
})

test('two renders of one process share as well', async () => {
  await bed.forget()
  const pool = bed.openPool({ workers: 2 })
  const template = makeTemplate([cardScene('card', FRAMES)])
  const names = ['c.mp4', 'd.mp4']
  const results = await Promise.all(names.map((name) => bed.render(template, name, { pool, workers: 2 })))
  assert.equal(
    results.reduce((sum, { painted }) => sum + painted, 0),
    FRAMES,
  )
})

test('a segment that a dead process was painting is painted', async () => {
  await bed.forget()
  const template = makeTemplate([cardScene('card')])
  const { plan } = await bed.prepare(template, 'e.mp4')
  const cache = await openSegmentCache({ folder: bed.workspace.segments, limit: 1e9 })
  for (const { key } of plan.segments) {
    await mkdir(path.dirname(cache.pathOf(key)), { recursive: true })
    await writeFile(`${cache.pathOf(key)}.claim`, '999999999 x')
  }
  assert.equal((await bed.render(template, 'e.mp4')).painted, 60)
})
