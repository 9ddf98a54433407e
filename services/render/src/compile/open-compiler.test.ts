import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { isFlatRenderError } from '@flatrender/contracts/errors'
import { listMediaUses, openTemplate, requireStory } from '@flatrender/engine-scene'
import { readOutput } from '../output/read-output.ts'
import { readFiles } from '../testbed/store-template.ts'
import { type CompiledRequest, compileRender } from './compile-render.ts'
import { type Compiler, openCompiler } from './open-compiler.ts'

let compiler: Compiler
let request: CompiledRequest
before(async () => {
  compiler = openCompiler()
  const template = openTemplate(await readFiles('kinetic-quote'), 'kinetic-quote')
  const sample = JSON.parse(Buffer.from(template.files.get('data/fa.json')!).toString())
  const story = requireStory(template.manifest, sample)
  const output = readOutput(template, { container: 'mp4' }, { plan: null, lane: 'interactive' })
  const portrait = { kind: 'picture', hash: 'ab'.repeat(32), width: 600, height: 600 } as const
  const library = new Map(listMediaUses(story).map(({ src }) => [src, portrait]))
  request = { template, story, output, library, build: 'test x64' }
})
after(() => compiler?.close())

test('a video is compiled beside everything else, as it would be here', async () => {
  let turns = 0
  const takeTurn = () => {
    turns++
    others = setImmediate(takeTurn)
  }
  let others = setImmediate(takeTurn)
  const [one, two] = await Promise.all([compiler.compile(request), compiler.compile(request)])
  clearImmediate(others)
  assert.ok(turns > 10, `${turns} turns`)
  const here = await compileRender(request)
  assert.deepEqual([one, two], [here, here])
})

test('what goes wrong there is told as it would be here, and the next is compiled all the same', async () => {
  const beyond = compiler.compile({ ...request, output: { ...request.output, range: [900, 901] } })
  await assert.rejects(beyond, (error) => isFlatRenderError(error, 'RANGE_INVALID'))
  await assert.rejects(compiler.compile({ ...request, story: undefined as never }), /undefined/)
  assert.equal((await compiler.compile(request)).plan.engine, 'test x64')
})

test('a thread that ends fails what it had in hand, and another one begins', async () => {
  const lost = compiler.compile(request)
  await compiler.close()
  await assert.rejects(lost, /thread has ended/)
  assert.equal((await compiler.compile(request)).scenes.length > 2, true)
})
