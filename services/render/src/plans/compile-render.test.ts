import assert from 'node:assert/strict'
import { test } from 'node:test'
import { listMediaUses, openTemplate, requireStory } from '@flatrender/engine-scene'
import { readOutput } from '../output/read-output.ts'
import { readFiles } from '../testbed/store-template.ts'
import { compileRender } from './compile-render.ts'

test('others have their turn between the pieces of a video that is compiled', async () => {
  const template = openTemplate(await readFiles('kinetic-quote'), 'kinetic-quote')
  const sample = JSON.parse(Buffer.from(template.files.get('data/en.json')!).toString())
  const story = requireStory(template.manifest, sample)
  const output = readOutput(template, { container: 'mp4' }, null)
  const portrait = { kind: 'picture', hash: 'ab'.repeat(32), width: 600, height: 600 } as const
  const library = new Map(listMediaUses(story).map(({ src }) => [src, portrait]))
  let turns = 0
  const takeTurn = () => {
    turns++
    others = setImmediate(takeTurn)
  }
  let others = setImmediate(takeTurn)
  try {
    const compile = () => compileRender({ template, story, output, library, build: 'test x64' })
    const { plan } = await compile()
    assert.ok(plan.pieces.length >= 3)
    assert.ok(turns >= plan.pieces.length, `${turns} turns, ${plan.pieces.length} pieces`)
    // Two that are compiled by turns don't disturb each other.
    const [one, two] = await Promise.all([compile(), compile()])
    assert.deepEqual([one.plan, two.plan], [plan, plan])
  } finally {
    clearImmediate(others)
  }
})
