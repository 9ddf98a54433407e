import assert from 'node:assert/strict'
import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises'
import { after, before, test } from 'node:test'
import { isFlatRenderError } from '@flatrender/contracts/errors'
import { openVideoReader, probeMedia } from '@flatrender/engine-media'
import { readNumber, readNumbers, writeNumberedClip } from '../testbed/numbered-clip.ts'
import { openTestbed, type Testbed, type TestRender } from '../testbed/open-testbed.ts'
import { readStill } from '../testbed/read-still.ts'
import { boxLayer, makeTemplate, mediaScene } from '../testbed/test-template.ts'
import type { WorkerPool } from '../worker/worker-pool.ts'

let bed: Testbed
let pool: WorkerPool
before(async () => {
  bed = await openTestbed()
  pool = bed.openPool()
  await writeNumberedClip({ file: bed.file('clip.mov'), frames: 60 })
})
after(() => bed.close())

const shot = makeTemplate([mediaScene('shot', 30)])
const modifications = { scenes: [{ scene: 'shot', modifications: { clip: 'clip.mov' } }] }
const render = (name: string, choice: TestRender['choice'] = {}) =>
  bed.render(shot, name, { modifications, pool, choice: { quality: 'standard', ...choice } })

/** The clip's pictures that a second of video shows at this rate. */
const expected = (fps: number) =>
  Array.from({ length: Math.round(fps) }, (_, frame) => Math.floor((frame * 30) / fps + 1e-6))

const videos: readonly (readonly [name: string, choice: TestRender['choice']])[] = [
  ['h264.mp4', {}],
  ['h265.mp4', { codec: 'h265' }],
  ['av1.mp4', { codec: 'av1' }],
  ['vp9.webm', {}],
  ['av1.webm', { codec: 'av1' }],
  ['prores422.mov', {}],
  ['prores4444.mov', { codec: 'prores4444' }],
  ['h264.mov', { codec: 'h264' }],
  ['slow.mp4', { fps: 12 }],
  ['ntsc.mp4', { fps: '30000/1001' }],
  ['fast.mp4', { fps: 60 }],
  ['odd.mp4', { resolution: '321x181' }],
  ['large.mp4', { resolution: '1080p' }],
]

for (const [name, choice = {}] of videos) {
  test(`${name}: every picture at its time, at the size and rate that were asked for`, async () => {
    const { frames } = await render(name, choice)
    const rate = choice.fps === '30000/1001' ? 30_000 / 1001 : Number(choice.fps ?? 30)
    const wanted = expected(rate)
    assert.equal(frames, wanted.length)
    const info = await probeMedia(bed.file(name))
    const size = { '321x181': [322, 182], '1080p': [1920, 1080] }[choice.resolution ?? ''] ?? [160, 90]
    assert.deepEqual([info.width, info.height], size)
    assert.ok(Math.abs((info.fps ?? 0) - rate) < 0.01, `${info.fps} a second`)
    assert.ok(Math.abs(info.seconds - frames / rate) < 0.002, `${info.seconds} s`)
    assert.deepEqual(await readNumbers(bed.file(name), frames, rate), wanted)
  })
}

test('mp4 and mov begin with their index and say BT.709', async () => {
  for (const name of ['h264.mp4', 'h265.mp4', 'av1.mp4', 'prores422.mov', 'h264.mov']) {
    const bytes = await readFile(bed.file(name))
    assert.ok(bytes.indexOf('moov') > 0 && bytes.indexOf('moov') < bytes.indexOf('mdat'), name)
    const colour = bytes.indexOf('colr')
    assert.ok(colour > 0, name)
    const [primaries, transfer, matrix] = [8, 10, 12].map((at) => bytes.readUInt16BE(colour + at))
    assert.deepEqual([primaries, transfer, matrix], [1, 1, 1], name)
  }
})

test('a GIF shows each picture at its time, and is refused rates that browsers slow down', async () => {
  const { frames } = await render('a.gif')
  assert.deepEqual(await readNumbers(bed.file('a.gif'), frames, 25), expected(25))
  await assert.rejects(render('b.gif', { fps: 60 }), (error) =>
    isFlatRenderError(error, 'OUTPUT_SETTINGS_INVALID'),
  )
})

test('an animated WebP holds all pictures and lasts as long as they do', async () => {
  await render('a.webp')
  const bytes = await readFile(bed.file('a.webp'))
  const durations: number[] = []
  for (
    let at = 12;
    at < bytes.length;
    at += 8 + bytes.readUInt32LE(at + 4) + (bytes.readUInt32LE(at + 4) & 1)
  )
    if (bytes.toString('latin1', at, at + 4) === 'ANMF') durations.push(bytes.readUIntLE(at + 8 + 12, 3))
  assert.equal(durations.length, 30)
  assert.equal(
    durations.reduce((sum, one) => sum + one),
    1000,
  )
  const { rgba, width, height } = await readStill(bed.file('a.webp'))
  assert.equal(readNumber(rgba, width, height), 0)
})

test('numbered pictures lie in a folder; a second render replaces them', async () => {
  for (const round of [0, 1]) {
    await render('a.png', round === 0 ? {} : { fps: 10 })
    const names = (await readdir(bed.file('a.png'))).sort()
    assert.equal(names.length, round === 0 ? 30 : 10)
    assert.equal(names[7], 'frame-000007.png')
    const { rgba, width, height } = await readStill(bed.file('a.png/frame-000007.png'))
    assert.equal(readNumber(rgba, width, height), round === 0 ? 7 : 21)
  }
})

test('a folder that holds anything else is never replaced by pictures', async () => {
  await mkdir(bed.file('photos.png'))
  await writeFile(bed.file('photos.png/wedding.jpg'), 'dear')
  await writeFile(bed.file('file.png'), 'dear')
  for (const name of ['photos.png', 'file.png'])
    await assert.rejects(render(name), (error) => isFlatRenderError(error, 'OUTPUT_UNWRITABLE'))
  assert.equal(await readFile(bed.file('photos.png/wedding.jpg'), 'utf8'), 'dear')
  assert.equal(await readFile(bed.file('file.png'), 'utf8'), 'dear')
})

const see = makeTemplate([
  { id: 'see', frames: 30, layers: [boxLayer('box', 80, 90, 30, { color: [1, 0.5, 0, 0.5], x: 40 })] },
])
// The template's ground would hide what lies under it.
const clear = makeTemplate(
  [{ id: 'see', frames: 30, layers: [boxLayer('box', 80, 90, 30, { color: [1, 0.5, 0, 1], x: 40 })] }],
  { palette: { roles: { ground: { default: '#00000000' } } } },
)

for (const name of ['alpha.webm', 'alpha.mov', 'alpha.webp', 'alpha.gif', 'alpha.png']) {
  test(`${name}: what is transparent stays so`, async () => {
    await bed.render(clear, name, { pool, choice: { transparent: true, quality: 'standard' } })
    const { rgba, width } = await firstPicture(name)
    const at = (x: number) => [...rgba.subarray((45 * width + x) * 4, (45 * width + x) * 4 + 4)]
    const [red = 0, green = 0, blue = 0, alpha] = at(40)
    assert.ok(red > 245 && Math.abs(green - 128) < 12 && blue < 12 && alpha === 255, `${at(40)}`)
    assert.equal(at(120)[3], 0)
  })
}

async function firstPicture(name: string): Promise<{ rgba: Buffer; width: number }> {
  if (/png|webp|gif/.test(name))
    return readStill(bed.file(name === 'alpha.png' ? 'alpha.png/frame-000000.png' : name))
  const reader = await openVideoReader(bed.file(name))
  const rgba = Buffer.from(await reader.frameAt(0.5))
  await reader.close()
  return { rgba, width: reader.width }
}

test('nobody sees a file that is not whole, and a failed render leaves the one before', async () => {
  await writeFile(bed.file('kept.mp4'), 'before')
  const seen = new Set<string>()
  const cancel = new AbortController()
  const onProgress = async () => {
    seen.add(await readFile(bed.file('kept.mp4'), 'utf8'))
  }
  const slow = { pool: bed.openPool(), signal: cancel.signal, onProgress, choice: { fps: 60 } as const }
  const rendering = bed.render(see, 'kept.mp4', {
    ...slow,
    onProgress(progress) {
      void onProgress()
      if (progress.framesPainted > 20) cancel.abort()
    },
  })
  await assert.rejects(rendering, (error) => isFlatRenderError(error, 'RENDER_CANCELLED'))
  assert.deepEqual([...seen], ['before'])
  assert.equal(await readFile(bed.file('kept.mp4'), 'utf8'), 'before')
  assert.ok(!(await readdir(bed.folder)).some((name) => name.includes('.part')))
  await bed.render(see, 'kept.mp4', { pool })
  assert.equal((await probeMedia(bed.file('kept.mp4'))).seconds, 1)
})

test('what a killed render left beside the output is swept', async () => {
  await writeFile(bed.file('h264.mp4.999999999-0123abcd.part'), 'half')
  await writeFile(bed.file('h264.mp4.part'), 'somebody’s own')
  await render('h264.mp4')
  const left = (await readdir(bed.folder)).filter((name) => name.endsWith('.part'))
  assert.deepEqual(left, ['h264.mp4.part'])
})

test('a folder where a file is to be, and a missing folder, are refused before any work', async () => {
  await mkdir(bed.file('folder.mp4'))
  await assert.rejects(render('folder.mp4'), (error) => isFlatRenderError(error, 'OUTPUT_UNWRITABLE'))
  await assert.rejects(render('nowhere/a.mp4'), (error) => isFlatRenderError(error, 'OUTPUT_FOLDER_MISSING'))
})
