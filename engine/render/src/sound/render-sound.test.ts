import assert from 'node:assert/strict'
import { mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { after, before, test } from 'node:test'
import { mixAudio, openVideoReader, probeMedia } from '@flatrender/engine-media'
import { openTestbed, type Testbed, type TestRender } from '../testbed/open-testbed.ts'
import { boxLayer, cardScene, makeTemplate } from '../testbed/test-template.ts'
import { writeBeeps } from '../testbed/write-beeps.ts'
import type { WorkerPool } from '../worker/worker-pool.ts'

let bed: Testbed
let pool: WorkerPool
before(async () => {
  bed = await openTestbed()
  pool = bed.openPool()
  await writeBeeps(bed.file('beeps.wav'), 10)
  await writeBeeps(bed.file('tone.wav'), 10, 1)
})
after(() => bed.close())

const card = makeTemplate([cardScene('card', 90)])
const say = (title: string, more: object = {}) => ({
  scenes: [{ scene: 'card', modifications: { title }, ...more }],
  audio: { music: { src: 'beeps.wav', fadeOut: 0 } },
})
const render = (name: string, modifications: object, wanted: TestRender = {}) =>
  bed.render(card, name, { modifications, pool, ...wanted })

test('sound is mixed once: another word does not mix it again, another length does', async () => {
  assert.equal((await render('a.mp4', say('One'))).soundReused, false)
  assert.equal((await render('b.mp4', say('Two'))).soundReused, true)
  assert.equal((await render('c.mp4', say('Two', { duration: 4 }))).soundReused, false)
  assert.equal((await render('d.mp4', say('Three', { duration: 4 }))).soundReused, true)
})

test('reused sound is the same sound, bit for bit', async () => {
  await render('first.mp4', say('Same'))
  await rm(bed.workspace.sounds, { recursive: true })
  await mkdir(bed.workspace.sounds)
  await render('second.mp4', say('Same'))
  assert.ok((await readFile(bed.file('first.mp4'))).equals(await readFile(bed.file('second.mp4'))))
})

test('damaged sound in the workspace is mixed anew', async () => {
  for (const name of await readdir(bed.workspace.sounds))
    await writeFile(`${bed.workspace.sounds}/${name}`, 'x')
  assert.equal((await render('e.mp4', say('One'))).soundReused, false)
})

for (const name of ['a.mp4', 'a.webm', 'a.mov']) {
  test(`${name} sounds as long as it shows, to a frame`, async () => {
    const audio = { music: { src: 'tone.wav', fadeOut: 0 } }
    await render(name, { ...say('One'), audio })
    const info = await probeMedia(bed.file(name))
    assert.equal(info.hasAudio, true)
    assert.ok(Math.abs(info.seconds - 3) <= 1 / 30, `${info.seconds} s`)
    const last = (await hear(name)).findLastIndex((sample) => Math.abs(sample) > 0.02)
    assert.ok(Math.abs(last / 48_000 - 3) <= 1 / 30, `heard until ${last / 48_000} s`)
  })
}

for (const name of ['a.gif', 'a.webp', 'a.png']) {
  test(`${name} is silent`, async () => {
    assert.equal((await render(name, say('One'))).soundReused, false)
  })
}

test('a story without sound gives a file without a track', async () => {
  await render('silent.mp4', { scenes: [{ scene: 'card' }] })
  assert.equal((await probeMedia(bed.file('silent.mp4'))).hasAudio, false)
})

// White flashes on the first frame of every second, as the beeps begin.
const flashes = makeTemplate([
  {
    id: 'flash',
    frames: 300,
    layers: Array.from({ length: 10 }, (_, second) => ({
      ...boxLayer('flash', 160, 90, 300, { color: [1, 1, 1, 1] }),
      ip: second * 30,
      op: second * 30 + 6,
    })),
  },
])

for (const range of [undefined, [2.5, 7.5], [0, 4.2], [3.1, 10]] as const) {
  test(`picture and sound keep together${range ? ` from ${range.join(' to ')} s` : ''}`, async () => {
    const modifications = { scenes: [{ scene: 'flash' }], audio: { music: { src: 'beeps.wav', fadeOut: 0 } } }
    await bed.render(flashes, 'sync.mp4', { modifications, pool, ...(range && { range }) })
    const [seen, heard] = [await findFlashes('sync.mp4'), await findBeeps('sync.mp4')]
    assert.ok(seen.length >= 4)
    assert.equal(heard.length, seen.length)
    for (const [index, second] of seen.entries())
      assert.ok(Math.abs(second - heard[index]!) <= 1 / 30, `seen at ${second}, heard at ${heard[index]}`)
  })
}

async function findFlashes(name: string): Promise<number[]> {
  const reader = await openVideoReader(bed.file(name))
  const found: number[] = []
  let before = false
  for (let frame = 0; frame < Math.round(reader.seconds * 30); frame++) {
    const bright = (await reader.frameAt((frame + 0.5) / 30))[4 * 1000]! > 200
    if (bright && !before && frame > 0) found.push(frame / 30)
    before = bright
  }
  await reader.close()
  return found
}

async function findBeeps(name: string): Promise<number[]> {
  const samples = await hear(name)
  const found: number[] = []
  let quiet = 0
  for (let at = 0; at < samples.length; at++) {
    if (Math.abs(samples[at]!) < 0.02) quiet++
    else {
      if (quiet > 12_000) found.push(at / 48_000)
      quiet = 0
    }
  }
  return found
}

/** The left channel of a file's sound. */
async function hear(name: string): Promise<Float32Array> {
  const outFile = bed.file('heard.f32')
  const track = { file: bed.file(name), kind: 'sfx', start: 0 } as const
  const mixed = await mixAudio({ seconds: 12, tracks: [track], loudness: null, truePeak: 6, outFile })
  assert.ok(mixed, 'there is something to hear')
  const bytes = await readFile(outFile)
  const both = new Float32Array(bytes.buffer, bytes.byteOffset, bytes.length / 4)
  return both.filter((_, index) => index % 2 === 0)
}
