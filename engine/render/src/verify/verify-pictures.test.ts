import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { VideoCodec, VideoSettings } from '@flatrender/contracts/engine'
import {
  createFrameConverter,
  type EncodedStream,
  openEncoder,
  type Thumbprint,
  takeThumbprint,
} from '@flatrender/engine-media'
import { verifyPictures } from './verify-pictures.ts'

// SVT-AV1 writes its settings to stderr whatever FFmpeg's log level is.
process.env.SVT_LOG = '0'

const FRAMES = 12
const [WIDTH, HEIGHT] = [160, 90]

/** Encodes squares that wander over a ground which is lighter in every picture; `shift` makes other pictures, each of which
 * stands for `stand` frames. */
async function encode(
  codec: VideoCodec,
  shift = 0,
  stand = 1,
): Promise<{ stream: EncodedStream; prints: Map<number, Thumbprint> }> {
  const fps = { num: 30, den: 1 }
  const settings: VideoSettings = {
    codec,
    alpha: false,
    fps,
    width: WIDTH,
    height: HEIGHT,
    quality: 'standard',
  }
  const converter = createFrameConverter(settings)
  const encoder = openEncoder(settings)
  const prints = new Map<number, Thumbprint>()
  for (let number = 0; number < FRAMES; number++) {
    const frame = number - (number % stand)
    const rgba = Buffer.alloc(WIDTH * HEIGHT * 4, 255)
    for (let at = 0; at < WIDTH * HEIGHT; at++) {
      const [x, y] = [at % WIDTH, Math.floor(at / WIDTH)]
      const inSquare = Math.abs(x - ((frame * 10 + shift) % WIDTH)) < 15 && Math.abs(y - 45) < 30
      rgba.fill(inSquare ? 250 : 40 + frame * 8, at * 4, at * 4 + 3)
    }
    const converted = converter.convert(rgba)
    prints.set(number, takeThumbprint(converted, codec === 'gif' ? 'hard' : 'soft'))
    await encoder.encode(converted, number)
  }
  const stream = await encoder.finish()
  encoder.close()
  converter.close()
  return { stream, prints }
}

function swap({ parameters, packets }: EncodedStream, pts: number, data: Buffer): EncodedStream {
  return { parameters, packets: packets.map((packet) => (packet.pts === pts ? { ...packet, data } : packet)) }
}

const dataOf = ({ packets }: EncodedStream, wanted: number) => packets.find(({ pts }) => pts === wanted)!.data

for (const codec of ['h264', 'h265', 'av1', 'vp9', 'prores422', 'png', 'gif', 'webp'] as const) {
  test(`${codec}: a sound segment passes, key frames alone and all`, async () => {
    const { stream, prints } = await encode(codec)
    assert.equal(verifyPictures(stream, prints, 'key'), undefined)
    assert.equal(verifyPictures(stream, prints, 'full'), undefined)
  })

  test(`${codec}: a key frame of another picture is found`, async () => {
    const { stream, prints } = await encode(codec)
    const fault = verifyPictures(swap(stream, 0, dataOf((await encode(codec, 80)).stream, 0)), prints, 'key')
    assert.ok(fault?.frames.includes(0), fault?.reason)
  })

  test(`${codec}: a key frame that cannot be decoded is found`, async () => {
    const { stream, prints } = await encode(codec)
    const data = Buffer.from(dataOf(stream, 0))
    const fault = verifyPictures(swap(stream, 0, data.subarray(0, 12)), prints, 'key')
    assert.ok(fault?.frames.includes(0), fault?.reason)
  })

  test(`${codec}: a picture in the middle that is another’s is found by decoding all`, async () => {
    const { stream, prints } = await encode(codec)
    const wrong = swap(stream, 5, dataOf((await encode(codec, 80)).stream, 5))
    assert.ok(verifyPictures(wrong, prints, 'full') !== undefined)
  })
}

test('a picture that is missing is found by decoding all', async () => {
  const { stream, prints } = await encode('prores422')
  const packets = stream.packets.filter(({ pts }) => pts !== 4)
  const fault = verifyPictures(
    { ...stream, packets: [...packets, { ...stream.packets[4]!, data: Buffer.alloc(40) }] },
    prints,
    'full',
  )
  assert.ok(fault?.frames.includes(4), fault?.reason)
})

test('a picture that stands for several frames is compared with each of them', async () => {
  const { stream, prints } = await encode('webp', 0, 3)
  assert.ok(stream.packets.length < FRAMES)
  assert.equal(verifyPictures(stream, prints, 'full'), undefined)
  const [first] = (await encode('webp', 80)).prints.values()
  prints.set(4, first!)
  assert.deepEqual(verifyPictures(stream, prints, 'full')?.frames, [4])
})
