import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { VideoCodec, VideoSettings } from '@flatrender/contracts/engine'
import type { AVPixelFormat } from 'node-av/constants'
import { Frame } from 'node-av/lib'
import { createFrameConverter } from '../convert/create-frame-converter.ts'
import type { FrameConverter } from '../convert/frame-converter.ts'
import type { EncodedStream } from '../encode/encoded-stream.ts'
import { openEncoder } from '../encode/open-encoder.ts'
import { encodeTestCard } from '../testcard/encode-test-card.ts'
import { paintTestCard } from '../testcard/paint-test-card.ts'
import { decodePackets } from './decode-packets.ts'
import { chooseTolerance } from './picture-difference.ts'
import { readPixels } from './read-pixels.ts'
import { compareThumbprints, type Thumbprint, takeThumbprint } from './thumbprint.ts'

const cases: readonly (readonly [VideoCodec, boolean])[] = [
  ['h264', false],
  ['h265', false],
  ['av1', false],
  ['vp9', false],
  ['vp9', true],
  ['prores422', false],
  ['prores4444', true],
  ['png', false],
  ['png', true],
  ['gif', false],
  ['gif', true],
  ['webp', false],
  ['webp', true],
]

const [WIDTH, HEIGHT, FRAMES] = [322, 182, 12]

function makeSettings(
  codec: VideoCodec,
  alpha: boolean,
  size: readonly [number, number] = [WIDTH, HEIGHT],
): VideoSettings {
  return { codec, alpha, fps: { num: 30, den: 1 }, width: size[0], height: size[1], quality: 'draft' }
}

function takePrints(settings: VideoSettings): Thumbprint[] {
  const { width, height, alpha } = settings
  const converter = createFrameConverter(settings)
  const edges = settings.codec === 'gif' ? 'hard' : 'soft'
  const prints = Array.from({ length: FRAMES }, (_, frame) =>
    takeThumbprint(converter.convert(paintTestCard(frame, width, height, alpha)), edges),
  )
  converter.close()
  return prints
}

for (const [codec, alpha] of cases) {
  const name = `${codec}${alpha ? ' with alpha' : ''}`
  const settings = makeSettings(codec, alpha)

  test(`${name}: what is decoded looks like what was painted`, async () => {
    const { parameters, packets } = await encodeTestCard(settings, 0, FRAMES)
    const painted = takePrints(settings)
    const tolerance = chooseTolerance(parameters)
    const all = decodePackets(parameters, packets, 'all')
    assert.deepEqual(
      all.map(({ pts }) => pts),
      [...painted.keys()],
    )
    for (const { pts, print } of all) {
      const found = compareThumbprints(print, painted[pts]!, tolerance)
      assert.ok(found.same, `frame ${pts}: ${JSON.stringify(found)}`)
    }
    const keys = decodePackets(parameters, packets, 'key')
    assert.equal(keys.length, packets.filter((packet) => packet.key).length)
    assert.ok(compareThumbprints(keys[0]!.print, painted[0]!, tolerance).same)
    if (codec !== 'gif') assert.ok(!compareThumbprints(painted[0]!, painted[6]!, tolerance).same)
  })

  test(`${name}: pictures of few pixels look like what was painted too`, async () => {
    for (const size of [
      [64, 36],
      [18, 32],
      [16, 16],
    ] as const) {
      const small = makeSettings(codec, alpha, size)
      const { parameters, packets } = await encodeTestCard(small, 0, FRAMES)
      const painted = takePrints(small)
      for (const { pts, print } of decodePackets(parameters, packets, 'all')) {
        const found = compareThumbprints(print, painted[pts]!, chooseTolerance(parameters))
        assert.ok(found.same, `${size}, frame ${pts}: ${JSON.stringify(found)}`)
      }
    }
  })

  test(`${name}: colours that changed places are noticed`, async () => {
    const painted = takePrints(settings)
    const { parameters, packets } = await encodeSwapped(settings)
    const found = compareThumbprints(
      decodePackets(parameters, packets, 'key')[0]!.print,
      painted[0]!,
      chooseTolerance(parameters),
    )
    assert.equal(found.same, false, JSON.stringify(found))
  })

  // GIF's test card has no pixel that is less than half there.
  if (alpha && codec !== 'gif')
    test(`${name}: a picture that lost its transparency is noticed`, async () => {
      const { parameters, packets } = await encodeOne(settings, (converter) =>
        converter.convert(paintTestCard(0, WIDTH, HEIGHT, false)),
      )
      const [decoded] = decodePackets(parameters, packets, 'key')
      assert.ok(
        !compareThumbprints(decoded!.print, takePrints(settings)[0]!, chooseTolerance(parameters)).same,
      )
    })
}

async function encodeOne(
  settings: VideoSettings,
  make: (converter: FrameConverter) => Frame,
): Promise<EncodedStream> {
  const converter = createFrameConverter(settings)
  const encoder = openEncoder(settings)
  await encoder.encode(make(converter), 0)
  const stream = await encoder.finish()
  encoder.close()
  converter.close()
  return stream
}

/** One frame of the test card, blue taken for red, luma as it was where the codec has luma. */
function encodeSwapped(settings: VideoSettings): Promise<EncodedStream> {
  return encodeOne(settings, (converter) => {
    const right = converter.convert(paintTestCard(0, WIDTH, HEIGHT, settings.alpha))
    const format = right.format as AVPixelFormat
    const wrong = Frame.fromVideoBuffer(swapColours(right), { width: WIDTH, height: HEIGHT, format })
    wrong.colorSpace = right.colorSpace
    wrong.colorRange = right.colorRange
    return wrong
  })
}

function swapColours(frame: Frame): Buffer {
  const bytes = Buffer.from(frame.toBuffer())
  const pixels = readPixels(frame)
  if (pixels.kind === 'packed') {
    const { plane, red, blue } = pixels
    for (let at = 0; at < bytes.length; at += plane.bytes)
      [bytes[at + red], bytes[at + blue]] = [bytes[at + blue]!, bytes[at + red]!]
    return bytes
  }
  const { luma, blue } = pixels
  const [first, size] = [luma.width * luma.height * luma.bytes, blue.width * blue.height * blue.bytes]
  const swapped = Buffer.from(bytes)
  bytes.copy(swapped, first, first + size, first + 2 * size)
  bytes.copy(swapped, first + size, first, first + size)
  return swapped
}

test('decoding all of a long segment takes no more memory than a short one', async () => {
  const { parameters, packets } = await encodeTestCard(
    { ...makeSettings('prores422', false), width: 1280, height: 720 },
    0,
    40,
  )
  const decode = () => decodePackets(parameters, packets, 'all')
  for (let pass = 0; pass < 2; pass++) decode()
  const before = process.resourceUsage().maxRSS
  // 400 pictures of 3.7 MB.
  for (let pass = 0; pass < 10; pass++) decode()
  const kilobytes = process.resourceUsage().maxRSS - before
  assert.ok(kilobytes < 60_000, `${kilobytes} kB`)
})

test('a damaged packet is noticed', async () => {
  const fps = { num: 30, den: 1 }
  const settings: VideoSettings = {
    codec: 'h264',
    alpha: false,
    fps,
    width: 320,
    height: 180,
    quality: 'standard',
  }
  const { parameters, packets } = await encodeTestCard(settings, 0, 3)
  const [first] = packets
  assert.ok(first)
  const damaged = { ...first, data: Buffer.from(first.data.subarray(0, 40)) }
  let noticed = false
  try {
    const [picture] = decodePackets(parameters, [damaged], 'key')
    const [whole] = decodePackets(parameters, packets, 'key')
    noticed =
      !picture || !whole || !compareThumbprints(picture.print, whole.print, chooseTolerance(parameters)).same
  } catch {
    noticed = true
  }
  assert.ok(noticed)
})
