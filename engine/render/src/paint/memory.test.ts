import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { openTestbed, type Testbed } from '../testbed/open-testbed.ts'
import { boxLayer, makeTemplate } from '../testbed/test-template.ts'

const MEGABYTE = 1e6
let bed: Testbed
before(async () => {
  bed = await openTestbed()
})
after(() => bed.close())

/** The most a fresh worker takes over so many frames of a small box on its way. */
async function peakOf(frames: number, resolution: string): Promise<number> {
  const pool = bed.openPool()
  const box = boxLayer('box', 40, 40, frames, { color: [1, 0.5, 0, 1], x: 20, speed: 120 / frames })
  const template = makeTemplate([{ id: 'box', frames, layers: [box] }])
  const { peakRss } = await bed.render(template, 'out.mp4', {
    pool,
    choice: { resolution, quality: 'standard' },
  })
  await pool.close()
  return peakRss
}

test('at 1080p a worker stays under 600 MB, however many frames it paints', async () => {
  const [few, many] = [await peakOf(120, '1080p'), await peakOf(600, '1080p')]
  assert.ok(many < 600 * MEGABYTE, `${many / MEGABYTE} MB`)
  assert.ok(many - few < 60 * MEGABYTE, `${few / MEGABYTE} MB, then ${many / MEGABYTE} MB`)
})

test('at 2160p a worker stays under 1.5 GB', async () => {
  const peak = await peakOf(60, '2160p')
  assert.ok(peak < 1500 * MEGABYTE, `${peak / MEGABYTE} MB`)
})
