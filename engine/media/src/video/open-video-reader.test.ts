import assert from 'node:assert/strict'
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { after, before, test } from 'node:test'
import type { Container, VideoCodec, VideoSettings } from '@flatrender/contracts/engine'
import { isFlatRenderError } from '@flatrender/contracts/errors'
import { AV_PIX_FMT_YUV420P, AVCOL_TRC_SMPTE2084 } from 'node-av/constants'
import { Frame } from 'node-av/lib'
import { createFrameConverter } from '../convert/create-frame-converter.ts'
import type { EncodedStream } from '../encode/encoded-stream.ts'
import { openEncoder } from '../encode/open-encoder.ts'
import { muxVideo } from '../mux/mux-video.ts'
import { probeMedia } from '../probe/probe-media.ts'
import { buildDisplayFilters } from './build-display-filters.ts'
import { createDisplayConverter } from './create-display-converter.ts'
import { openVideoReader } from './open-video-reader.ts'

let folder = ''
before(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'flatrender-video-'))
})
after(() => rm(folder, { recursive: true, force: true }))

function makeSettings(codec: VideoCodec, change: Partial<VideoSettings> = {}): VideoSettings {
  const fps = { num: 30, den: 1 }
  return { codec, width: 160, height: 90, fps, quality: 'standard', alpha: false, ...change }
}

/** Frames whose grey tells their number (4 a step); the left half is red where `marked`. */
async function encodeCounting(
  settings: VideoSettings,
  count: number,
  marked = false,
): Promise<EncodedStream> {
  const converter = createFrameConverter(settings)
  const encoder = openEncoder(settings)
  const rgba = Buffer.alloc(settings.width * settings.height * 4)
  for (let frame = 0; frame < count; frame++) {
    const grey = 8 + ((frame * 4) % 240)
    for (let i = 0; i < rgba.length; i += 4) {
      const left = (i / 4) % settings.width < settings.width / 2
      rgba.set(marked && left ? [255, 0, 0, 255] : [grey, grey, grey, 255], i)
      if (settings.alpha && left) rgba.set([grey >> 1, grey >> 1, grey >> 1, 128], i)
    }
    await encoder.encode(converter.convert(rgba), frame)
  }
  const stream = await encoder.finish()
  encoder.close()
  converter.close()
  return stream
}

async function write(name: string, container: Container, settings: VideoSettings, stream: EncodedStream) {
  const file = path.join(folder, name)
  await muxVideo({ file, container, settings, segments: [{ startFrame: 0, stream }] })
  return file
}

const numberOf = (pixels: Buffer, at = pixels.length / 2 + 100 * 4) => Math.round(((pixels[at] ?? 0) - 8) / 4)

for (const [container, codec] of [
  ['mp4', 'h264'],
  ['mp4', 'h265'],
  ['mp4', 'av1'],
  ['webm', 'vp9'],
  ['mov', 'prores422'],
] as const) {
  test(`${codec} in ${container}: forwards, backwards and beyond, the right picture`, async () => {
    const settings = makeSettings(codec, { fps: { num: 30_000, den: 1001 } })
    const file = await write(`${codec}.${container}`, container, settings, await encodeCounting(settings, 50))
    const info = await probeMedia(file)
    assert.deepEqual([info.kind, info.width, info.height, info.hasAudio], ['video', 160, 90, false])
    assert.ok(Math.abs(info.seconds - (50 * 1001) / 30_000) < 0.002, `${info.seconds}`)
    assert.ok(Math.abs((info.fps ?? 0) - 29.97) < 0.01)
    const reader = await openVideoReader(file)
    for (const frame of [0, 1, 2, 3, 20, 19, 5, 49, 48, 0, 33]) {
      const exact = await reader.frameAt((frame * 1001) / 30_000)
      assert.equal(numberOf(exact), frame, `frame ${frame} at its time`)
      assert.equal(
        numberOf(await reader.frameAt(((frame + 0.9) * 1001) / 30_000)),
        frame,
        `frame ${frame} late`,
      )
    }
    assert.equal(numberOf(await reader.frameAt(-1)), 0)
    assert.equal(numberOf(await reader.frameAt(99)), 49)
    await reader.close()
  })
}

test('variable rates: a picture stays until the next begins', async () => {
  const settings = makeSettings('prores422')
  const stream = await encodeCounting(settings, 5)
  const times = [0, 1, 10, 11, 40]
  const packets = stream.packets.map((packet, index) => {
    const pts = times[index] ?? 0
    return { ...packet, pts, dts: pts, duration: (times[index + 1] ?? 41) - pts }
  })
  const file = await write('variable.mov', 'mov', settings, { ...stream, packets })
  const reader = await openVideoReader(file)
  for (const [at, shown] of [
    [0, 0],
    [9.9, 1],
    [10, 2],
    [39.9, 3],
    [40, 4],
    [5, 1],
  ] as const)
    assert.equal(numberOf(await reader.frameAt(at / 30)), shown, `at ${at}`)
  assert.equal(
    await reader.frameAt(5 / 30),
    await reader.frameAt(6 / 30),
    'the same picture, the same buffer',
  )
  await reader.close()
})

test('a rotation flag turns the picture', async () => {
  const settings = makeSettings('h264')
  const file = await write('phone.mp4', 'mp4', settings, await encodeCounting(settings, 3, true))
  const bytes = await readFile(file)
  const matrix = bytes.indexOf('tkhd') + 44
  for (const [index, value] of [0, 65_536, 0, -65_536, 0, 0].entries())
    bytes.writeInt32BE(value, matrix + index * 4)
  await writeFile(file, bytes)
  assert.equal((await probeMedia(file)).width, 90)
  const reader = await openVideoReader(file)
  assert.deepEqual([reader.width, reader.height], [90, 160])
  const pixels = await reader.frameAt(0)
  // Clockwise: the left half comes to the top.
  assert.ok((pixels[(20 * 90 + 45) * 4] ?? 0) > 200, 'red on top')
  assert.ok((pixels[(140 * 90 + 45) * 4] ?? 255) < 40, 'grey below')
  await reader.close()
})

for (const [container, codec] of [
  ['webm', 'vp9'],
  ['mov', 'prores4444'],
] as const) {
  test(`${codec} gives its transparency, colours straight`, async () => {
    const settings = makeSettings(codec, { alpha: true })
    const file = await write(`alpha.${container}`, container, settings, await encodeCounting(settings, 20))
    assert.equal((await probeMedia(file)).hasAlpha, true)
    const reader = await openVideoReader(file)
    const pixels = await reader.frameAt(15 / 30)
    const [left, right] = [(40 * 160 + 20) * 4, (40 * 160 + 140) * 4]
    assert.ok(Math.abs((pixels[left + 3] ?? 0) - 128) < 4 && pixels[right + 3] === 255)
    assert.ok(Math.abs((pixels[left] ?? 0) - 68) < 5, `${pixels[left]}`)
    await reader.close()
  })
}

test('colours come back as they were painted', async () => {
  const settings = makeSettings('h264', { quality: 'high' })
  const file = await write('red.mp4', 'mp4', settings, await encodeCounting(settings, 2, true))
  const reader = await openVideoReader(file)
  const [r = 0, g = 255, b = 255] = (await reader.frameAt(0)).subarray((40 * 160 + 20) * 4)
  assert.ok(r > 250 && g < 6 && b < 6, `${[r, g, b]}`)
  await reader.close()
})

test('high dynamic range is brought to ours: reference white stays bright, highlights roll off', async () => {
  const levels: number[] = []
  const converter = createDisplayConverter(0, 64, 36)
  // PQ signals (SMPTE ST 2084) of 0.01, 10, 100, 203 and 1000 cd/m², as 8-bit limited luma.
  for (const signal of [0.0, 0.301, 0.508, 0.581, 0.752]) {
    const frame = new Frame()
    frame.alloc()
    frame.width = 64
    frame.height = 36
    frame.format = AV_PIX_FMT_YUV420P
    assert.ok(frame.getBuffer() >= 0)
    frame.data?.[0]?.fill(Math.round(16 + 219 * signal))
    frame.data?.[1]?.fill(128)
    frame.data?.[2]?.fill(128)
    frame.colorTrc = AVCOL_TRC_SMPTE2084
    assert.ok(buildDisplayFilters(frame, 0, 64, 36).includes('tonemap'))
    levels.push(converter.convert(frame)[400] ?? 0)
    frame.free()
  }
  converter.close()
  const [black = 9, dark = 0, middle = 0, white = 0, bright = 0] = levels
  assert.ok(black < 6 && dark > 20 && dark < middle && middle < white && white < bright, `${levels}`)
  assert.ok(white > 170 && white < 250, `reference white ${levels}`)
})

test('what holds no picture is said so', async () => {
  const settings = makeSettings('h264')
  const whole = await readFile(await write('whole.mp4', 'mp4', settings, await encodeCounting(settings, 30)))
  const cut = path.join(folder, 'cut.mp4')
  await writeFile(cut, whole.subarray(0, whole.indexOf('mdat') + 12))
  await assert.rejects(probeMedia(cut), (error) =>
    isFlatRenderError(error, 'MEDIA_WITHOUT_FRAMES', 'MEDIA_UNREADABLE'),
  )
  await assert.rejects(openVideoReader(cut), (error) =>
    isFlatRenderError(error, 'MEDIA_WITHOUT_FRAMES', 'MEDIA_UNREADABLE'),
  )
  const text = path.join(folder, 'text.mp4')
  await writeFile(text, 'hello')
  await assert.rejects(probeMedia(text), (error) => isFlatRenderError(error, 'MEDIA_UNREADABLE'))
  const list = path.join(folder, 'list.m3u8')
  await writeFile(list, `#EXTM3U\n#EXTINF:1,\nwhole.mp4\n#EXT-X-ENDLIST\n`)
  await assert.rejects(probeMedia(list), (error) => isFlatRenderError(error, 'MEDIA_UNREADABLE'))
  await assert.rejects(probeMedia('http://127.0.0.1:1/a.mp4'), (error) =>
    isFlatRenderError(error, 'MEDIA_NOT_FOUND'),
  )
})
