import assert from 'node:assert/strict'
import { createHash } from 'node:crypto'
import { readdir, readFile, stat } from 'node:fs/promises'
import path from 'node:path'
import { after, before, test } from 'node:test'
import { openTestbed, type Testbed, type TestRender } from '../testbed/open-testbed.ts'
import { cardScene, makeTemplate } from '../testbed/test-template.ts'
import type { WorkerPool } from '../worker/worker-pool.ts'

// Two pieces and a transition, one of them of two segments; sides that fit no codec's blocks.
const template = makeTemplate([cardScene('one', 100), cardScene('two', 30)])
const modifications = { scenes: [{ scene: 'one', transition: 'fade' }, { scene: 'two' }] }
const RESOLUTION = '170x94'
const FRAMES = 118

let bed: Testbed
const pools = new Map<number, WorkerPool>()
before(async () => {
  bed = await openTestbed()
  for (const workers of [1, 2, 3]) pools.set(workers, bed.openPool({ workers }))
})
after(() => bed.close())

async function render(name: string, workers: number, { choice, ...more }: TestRender = {}) {
  const pool = pools.get(workers)!
  const wanted = { modifications, pool, workers, choice: { resolution: RESOLUTION, ...choice }, ...more }
  const { digest, painted } = await bed.render(template, name, wanted)
  return { digest, painted, bytes: await hashOutput(bed.file(name)) }
}

async function hashOutput(file: string): Promise<string> {
  const hash = createHash('sha256')
  const isFolder = (await stat(file)).isDirectory()
  const files = isFolder ? (await readdir(file)).sort().map((name) => path.join(file, name)) : [file]
  for (const one of files) hash.update(await readFile(one))
  return hash.digest('hex')
}

const cases: readonly (readonly [name: string, choice: TestRender['choice']])[] = [
  ['h264.mp4', {}],
  ['h265.mp4', { codec: 'h265' }],
  ['av1.mp4', { codec: 'av1' }],
  ['vp9.webm', {}],
  ['vp9-alpha.webm', { transparent: true }],
  ['prores422.mov', {}],
  ['prores4444-alpha.mov', { transparent: true }],
  ['gif.gif', {}],
  ['webp.webp', {}],
  ['webp-alpha.webp', { transparent: true }],
  ['png.png', {}],
]

for (const [name, choice = {}] of cases) {
  test(`${name}: the same file and digest with one worker, two and three, cold and cached`, async () => {
    await bed.forget()
    const one = await render(name, 1, { choice, digest: true })
    assert.equal(one.painted, name === 'gif.gif' ? 98 : FRAMES)
    await bed.forget()
    const two = await render(name, 2, { choice })
    assert.equal(two.bytes, one.bytes)
    const cached = await render(name, 1, { choice, digest: true })
    assert.equal(cached.painted, 0)
    assert.deepEqual([cached.bytes, cached.digest], [one.bytes, one.digest])
    await bed.forget()
    const three = await render(name, 3, { choice, digest: true })
    assert.deepEqual([three.bytes, three.digest], [one.bytes, one.digest])
  })
}

test('a digest tells other pictures apart, and asks for no other quality', async () => {
  const [a, b] = [
    await render('a.mp4', 2, { digest: true }),
    await render('a.mp4', 2, { digest: true, choice: { quality: 'high' } }),
  ]
  assert.equal(a.digest, b.digest)
  const other = { scenes: [{ scene: 'one', modifications: { title: 'Else' } }] }
  assert.notEqual((await render('a.mp4', 2, { digest: true, modifications: other })).digest, a.digest)
})
