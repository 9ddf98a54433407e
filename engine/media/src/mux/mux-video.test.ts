import assert from 'node:assert/strict'
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { after, before, test } from 'node:test'
import type { Container, VideoCodec, VideoSettings } from '@flatrender/contracts/engine'
import { isFlatRenderError } from '@flatrender/contracts/errors'
import { AVMEDIA_TYPE_VIDEO, FF_DECODER_LIBVPX_VP9, type FFDecoderCodec } from 'node-av/constants'
import { Codec, CodecContext, FFmpegError, FormatContext, Frame, Packet } from 'node-av/lib'
import sharp from 'sharp'
import { encodeTestCard } from '../testcard/encode-test-card.ts'
import { paintTestCard } from '../testcard/paint-test-card.ts'
import type { MuxSegment } from './mux-options.ts'
import { muxVideo } from './mux-video.ts'

let folder = ''
before(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'flatrender-mux-'))
})
after(() => rm(folder, { recursive: true, force: true }))

const lengths = [24, 1, 2, 17]
const total = 44

function makeSettings(codec: VideoCodec, alpha: boolean): VideoSettings {
  return { codec, alpha, width: 160, height: 90, fps: { num: 30_000, den: 1001 }, quality: 'standard' }
}

async function* encodeSegments(settings: VideoSettings): AsyncGenerator<MuxSegment> {
  let startFrame = 0
  for (const length of lengths) {
    yield { startFrame, stream: await encodeTestCard(settings, startFrame, startFrame + length) }
    startFrame += length
  }
}

/** Decodes a file: seconds at which each picture is shown, and its first plane. */
async function decode(file: string, decoder?: FFDecoderCodec) {
  const format = new FormatContext()
  FFmpegError.throwIfError(await format.openInput(file))
  FFmpegError.throwIfError(await format.findStreamInfo())
  const stream = format.streams[format.findBestStream(AVMEDIA_TYPE_VIDEO)]
  assert.ok(stream)
  const codec = decoder ? Codec.findDecoderByName(decoder) : Codec.findDecoder(stream.codecpar.codecId)
  const context = new CodecContext()
  context.allocContext3(codec)
  context.parametersToContext(stream.codecpar)
  FFmpegError.throwIfError(context.open2Sync(codec, null))
  const [packet, frame] = [new Packet(), new Frame()]
  packet.alloc()
  frame.alloc()
  const shown: { seconds: number; planes: Buffer[] }[] = []
  const drain = () => {
    while (context.receiveFrameSync(frame) >= 0) {
      const seconds = (Number(frame.pts) * stream.timeBase.num) / stream.timeBase.den
      shown.push({ seconds, planes: frame.data?.map((plane) => Buffer.from(plane)) ?? [] })
    }
  }
  while ((await format.readFrame(packet)) >= 0) {
    if (packet.streamIndex === stream.index) FFmpegError.throwIfError(context.sendPacketSync(packet))
    packet.unref()
    drain()
  }
  context.sendPacketSync(null)
  drain()
  const { num, den } = stream.avgFrameRate
  const tags = [stream.codecpar.colorSpace, stream.codecpar.colorRange]
  await format.closeInput()
  return { shown, rate: num / den, tags }
}

const cases: readonly (readonly [Container, VideoCodec, boolean])[] = [
  ['mp4', 'h264', false],
  ['mp4', 'h265', false],
  ['mp4', 'av1', false],
  ['webm', 'vp9', false],
  ['webm', 'vp9', true],
  ['mov', 'prores422', false],
  ['mov', 'prores4444', true],
  ['gif', 'gif', false],
  ['gif', 'gif', true],
  ['webp', 'webp', false],
  ['webp', 'webp', true],
]

for (const [container, codec, alpha] of cases) {
  test(`${container} with ${codec}${alpha ? ' and alpha' : ''}: every frame, at its time`, async () => {
    const settings = makeSettings(codec, alpha)
    const file = path.join(folder, `${codec}-${alpha}.${container}`)
    const { frames } = await muxVideo({ file, container, settings, segments: encodeSegments(settings) })
    assert.equal(frames, total)
    const { shown, tags, rate } = await decode(
      file,
      alpha && codec === 'vp9' ? FF_DECODER_LIBVPX_VP9 : undefined,
    )
    assert.equal(shown.length, total)
    if (container !== 'gif' && container !== 'webp')
      assert.ok(Math.abs(rate - 30_000 / 1001) < 0.001, `${rate} frames a second`)
    const tolerance = container === 'gif' ? 0.0051 : 0.00051
    for (const [index, { seconds }] of shown.entries())
      assert.ok(Math.abs(seconds - (index * 1001) / 30_000) < tolerance, `frame ${index} at ${seconds}`)
    if (container === 'mp4' || container === 'webm') {
      assert.deepEqual(tags, [1, 1], 'BT.709, limited range')
      for (const index of [0, 23, 24, 25, 26, 27, 43]) {
        const card = paintTestCard(index, settings.width, settings.height)
        const at = 40 * settings.width + 120
        const [r = 0, g = 0, b = 0] = card.subarray(at * 4)
        const luma = 16 + 0.182586 * r + 0.614231 * g + 0.062007 * b
        const stride = (shown[index]?.planes[0]?.length ?? 0) / settings.height
        const found = shown[index]?.planes[0]?.[40 * Math.floor(stride) + 120] ?? 0
        assert.ok(Math.abs(found - luma) < 14, `frame ${index}: luma ${found}, not ${luma}`)
      }
    }
    if (container === 'gif' || container === 'webp') {
      for (const index of [0, 5, 23, 24, 25, 43]) {
        const card = paintTestCard(index, settings.width, settings.height)
        const page = await sharp(file, { page: index }).ensureAlpha().raw().toBuffer()
        let difference = 0
        // The opaque left half, where both kinds of card are the same.
        for (let y = 0; y < settings.height; y++)
          for (let x = 0; x < settings.width / 2; x++)
            for (let c = 0; c < 3; c++) {
              const at = (y * settings.width + x) * 4 + c
              difference += Math.abs((page[at] ?? 0) - (card[at] ?? 0))
            }
        const mean = difference / (settings.height * (settings.width / 2) * 3)
        // The card has far more colours than GIF's 256.
        assert.ok(mean < 24, `frame ${index} is ${mean} off`)
      }
    }
    if (alpha && codec === 'vp9')
      assert.ok(shown.every(({ planes }) => Math.abs((planes[3]?.[120] ?? 0) - 128) < 8))
  })
}

test('the same packets give the same file', async () => {
  const settings = makeSettings('vp9', false)
  const write = async (name: string) => {
    const file = path.join(folder, name)
    await muxVideo({ file, container: 'webm', settings, segments: encodeSegments(settings) })
    return readFile(file)
  }
  assert.ok((await write('a.webm')).equals(await write('b.webm')))
})

test('an mp4 begins with its index', async () => {
  const settings = makeSettings('h264', false)
  const file = path.join(folder, 'fast.mp4')
  const metadata = { title: 'Ein Titel' }
  await muxVideo({ file, container: 'mp4', settings, segments: encodeSegments(settings), metadata })
  const bytes = await readFile(file)
  assert.ok(bytes.indexOf('moov') > 0 && bytes.indexOf('moov') < bytes.indexOf('mdat'))
  assert.ok(bytes.includes('Ein Titel'))
})

test('png writes numbered pictures into a folder', async () => {
  const settings = makeSettings('png', true)
  const target = await mkdtemp(path.join(folder, 'pictures-'))
  await muxVideo({ file: target, container: 'png', settings, segments: encodeSegments(settings) })
  const names = (await readdir(target)).sort()
  assert.equal(names.length, total)
  assert.equal(names[43], 'frame-000043.png')
})

test('a full disk and a missing folder are said so', async () => {
  const settings = makeSettings('h264', false)
  for (const [container, codec] of [
    ['mp4', 'h264'],
    ['webm', 'vp9'],
  ] as const) {
    const settings = makeSettings(codec, false)
    const segments = encodeSegments(settings)
    const file = '/dev/full'
    await assert.rejects(
      muxVideo({ file, container, settings, segments }),
      (error) => isFlatRenderError(error, 'OUTPUT_DISK_FULL'),
      container,
    )
  }
  const gif = makeSettings('gif', false)
  await assert.rejects(
    muxVideo({ file: '/dev/full', container: 'gif', settings: gif, segments: encodeSegments(gif) }),
    (error) => isFlatRenderError(error, 'OUTPUT_DISK_FULL'),
  )
  await assert.rejects(
    muxVideo({
      file: path.join(folder, 'nowhere', 'a.mp4'),
      container: 'mp4',
      settings,
      segments: encodeSegments(settings),
    }),
    (error) => isFlatRenderError(error, 'OUTPUT_FOLDER_MISSING'),
  )
})
