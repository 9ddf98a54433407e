import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { VideoCodec, VideoSettings } from '@flatrender/contracts/engine'
import { createFrameConverter } from '../convert/create-frame-converter.ts'
import { encodeTestCard } from '../testcard/encode-test-card.ts'
import { paintTestCard } from '../testcard/paint-test-card.ts'
import { decodePackets } from './decode-packets.ts'
import { compareThumbprints, takeThumbprint } from './thumbprint.ts'

const cases: readonly (readonly [VideoCodec, boolean])[] = [
  ['h264', false],
  ['h265', false],
  ['av1', false],
  ['vp9', false],
  ['vp9', true],
  ['prores422', false],
  ['prores4444', true],
  ['png', false],
]

for (const [codec, alpha] of cases) {
  test(`${codec}${alpha ? ' with alpha' : ''}: what is decoded looks like what was painted`, async () => {
    const fps = { num: 30, den: 1 }
    const settings: VideoSettings = { codec, alpha, fps, width: 322, height: 182, quality: 'draft' }
    const { parameters, packets } = await encodeTestCard(settings, 0, 12)
    const converter = createFrameConverter(settings)
    const painted = Array.from({ length: 12 }, (_, frame) =>
      takeThumbprint(converter.convert(paintTestCard(frame, 322, 182, alpha))),
    )
    const all = decodePackets(parameters, packets, 'all')
    assert.deepEqual(
      all.map(({ pts }) => pts),
      [...painted.keys()],
    )
    for (const { pts, print } of all) {
      const same = compareThumbprints(print, painted[pts] ?? new Uint8Array())
      assert.ok(same.same, `frame ${pts}: mean ${same.mean}, worst ${same.worst}`)
    }
    const keys = decodePackets(parameters, packets, 'key')
    assert.equal(keys.length, packets.filter((packet) => packet.key).length)
    assert.ok(compareThumbprints(keys[0]?.print ?? new Uint8Array(), painted[0] ?? new Uint8Array()).same)
    assert.equal(
      compareThumbprints(painted[0] ?? new Uint8Array(), painted[6] ?? new Uint8Array()).same,
      false,
    )
    converter.close()
  })
}

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
    noticed = !picture || !whole || !compareThumbprints(picture.print, whole.print).same
  } catch {
    noticed = true
  }
  assert.ok(noticed)
})
