import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { isFlatRenderError } from '@flatrender/contracts/errors'
import { openTemplate, requireStory } from '@flatrender/engine-scene'
import { readOutput } from '../output/read-output.ts'
import { readFiles } from '../testbed/store-template.ts'
import type { CompiledRequest } from './compile-render.ts'
import { type Foresight, openForesight } from './foresight.ts'
import { openCompiler } from './open-compiler.ts'

let foresight: Foresight
let request: CompiledRequest
/** How often the compiler was asked. */
let asked = 0
before(async () => {
  const compiler = openCompiler()
  foresight = openForesight({
    compile(one) {
      asked++
      return compiler.compile(one)
    },
    close: () => compiler.close(),
  })
  const template = openTemplate(await readFiles('logo-reveal'), 'logo-reveal')
  const story = requireStory(template.manifest, { name: 'Lumo' })
  const output = readOutput(template, { container: 'mp4' }, { plan: null, lane: 'interactive' })
  request = { template, story, output, library: new Map(), build: 'test x64' }
})
after(() => foresight?.close())

test('what was foreseen is compiled once and given once, in whatever order its words are told', async () => {
  asked = 0
  foresight.foresee(request)
  const { story, output } = request
  const backwards = <Value extends object>(value: Value) =>
    Object.fromEntries(Object.entries(value).toReversed()) as Value
  const compiled = await foresight.compile({
    ...request,
    story: backwards(story),
    output: backwards(output),
  })
  assert.equal(asked, 1)
  assert.deepEqual(await foresight.compile(request), compiled)
  assert.equal(asked, 2)
})

test('nothing is foreseen while somebody waits, and what is another build or word is compiled anew', async () => {
  asked = 0
  const waited = foresight.compile(request)
  foresight.foresee({ ...request, build: 'other' })
  await waited
  assert.equal(asked, 1)
  foresight.foresee(request)
  const other = await foresight.compile({ ...request, build: 'other' })
  assert.equal(other.plan.engine, 'other')
  assert.equal(asked, 3)
})

test('who asks for it hears what was wrong', async () => {
  const beyond: CompiledRequest = { ...request, output: { ...request.output, range: [900, 901] } }
  foresight.foresee(beyond)
  await assert.rejects(foresight.compile(beyond), (error) => isFlatRenderError(error, 'RANGE_INVALID'))
})
