import assert from 'node:assert/strict'
import path from 'node:path'
import { after, before, describe, test } from 'node:test'
import { compareBlocks } from './compare-blocks.ts'
import { findDifference } from './find-difference.ts'
import { chromiumMissing } from './launch-chromium.ts'
import { listStories } from './list-stories.ts'
import { listTemplates } from './list-templates.ts'
import { type Bench, openBench } from './open-bench.ts'
import { paintNatively, readyPainting } from './paint-natively.ts'
import { type PreparedStory, prepareStory } from './prepare-story.ts'
import { writeContactSheet } from './write-contact-sheet.ts'

/** Mean absolute difference that a block of the browser's picture may have, of 255. */
const TOLERANCE = 8
/** The template's size through this is the pictures' size: enough to see letters, small enough for many pictures. */
const REDUCTION = 3
/** Where pictures that differ are left to be looked at. */
const SHEETS = path.join(import.meta.dirname, '../../../out/browser-equality')

const names = await listTemplates()

test('there are templates to compare', () => assert.ok(names.length > 0))

describe('a browser compiles to the same bytes as Node and paints the same', {
  skip: chromiumMissing,
}, () => {
  let bench: Bench
  before(async () => {
    bench = await openBench(names)
  })
  after(() => bench?.close())

  for (const name of names) {
    test(name, async (t) => {
      const template = bench.templates.get(name)!
      const seen = new Set<string>()
      for (const { name: storyName, modifications } of listStories(template)) {
        for (const [format, size] of Object.entries(template.manifest.formats)) {
          await t.test(`${storyName}, ${format}`, async (t) => {
            const story = await prepareStory(name, template, modifications, format, bench)
            await compareCompiled(bench, story, { template: name, format, modifications })
            const reduced = {
              width: Math.round(size.width / REDUCTION),
              height: Math.round(size.height / REDUCTION),
            }
            const { worst, pictures } = await comparePictures(
              bench,
              story,
              reduced,
              `${name} ${format}`,
              seen,
            )
            t.diagnostic(`${pictures} pictures, worst block ${worst.toFixed(2)} of 255`)
          })
        }
      }
    })
  }
})

async function compareCompiled(
  { page }: Bench,
  { pieces, media }: PreparedStory,
  story: { template: string; format: string; modifications: unknown },
): Promise<void> {
  const hashes = await page.compile({ ...story, media })
  assert.equal(hashes.length, pieces.length, 'number of pieces')
  for (const [index, { name, json, hash }] of pieces.entries()) {
    if (hashes[index] === hash) continue
    // The texts are megabytes: assert's own report of their difference would take minutes.
    const difference = findDifference(json, await page.readPiece(index))
    assert.fail(`${name}: Node's JSON and the browser's differ ${difference}`)
  }
}

async function comparePictures(
  { page, pictures: folder }: Bench,
  { pieces, pictures: sources }: PreparedStory,
  size: { width: number; height: number },
  title: string,
  /** Hashes of Lotties that were compared before. */
  seen: Set<string>,
): Promise<{ worst: number; pictures: number }> {
  let worst = 0
  let pictures = 0
  const faults: string[] = []
  for (const [index, { name, hash, lottie: compiled, frames }] of pieces.entries()) {
    if (seen.has(hash)) continue
    seen.add(hash)
    const lottie = await readyPainting(compiled, frames, folder, sources)
    const painting = { frames, ...size, background: '#000000' }
    // The browser is a process of its own: both paint at once.
    const theirs = page.paint({ piece: index, ...painting })
    // Awaited below; until then a failure must not count as unhandled.
    theirs.catch(() => {})
    const ours = paintNatively(lottie, painting, folder)
    for (const [at, picture] of (await theirs).entries()) {
      const { mean, x, y } = compareBlocks(ours[at]!, picture, size.width, size.height)
      worst = Math.max(worst, mean)
      pictures++
      if (mean <= TOLERANCE) continue
      const sheet = path.join(SHEETS, `${title} ${name} ${frames[at]}.png`.replace(/[^\w.]+/g, '-'))
      await writeContactSheet(sheet, ours[at]!, picture, size.width, size.height)
      faults.push(`${name} at ${frames[at]}: ${mean.toFixed(1)} of 255 at ${x},${y}; see ${sheet}`)
    }
  }
  assert.deepEqual(faults, [])
  return { worst, pictures }
}
