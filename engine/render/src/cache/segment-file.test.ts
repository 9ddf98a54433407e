import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { readSegment, type Segment, writeSegment } from './segment-file.ts'

const bytes = (size: object) => fc.uint8Array(size).map((array) => Buffer.from(array))
const packet = fc.record(
  {
    pts: fc.nat(),
    dts: fc.integer(),
    duration: fc.nat(100),
    key: fc.boolean(),
    data: bytes({ maxLength: 50 }),
    sideData: bytes({ minLength: 1, maxLength: 10 }),
  },
  { requiredKeys: ['pts', 'dts', 'duration', 'key', 'data'] },
)
const parameters = {
  kind: 'video' as const,
  codecId: 27,
  codecTag: 0,
  format: 0,
  profile: 100,
  level: 40,
  bitRate: 0,
  bitsPerCodedSample: 0,
  bitsPerRawSample: 8,
  extradata: 'AQID',
  timeBase: { num: 1, den: 30 },
}
const segments: fc.Arbitrary<Segment> = fc
  .record({
    key: fc.string(),
    frames: fc.nat(),
    thumbprints: fc.dictionary(fc.nat(99).map(String), fc.base64String()),
    packets: fc.array(packet, { maxLength: 8 }),
  })
  .map(({ packets, ...manifest }) => ({ manifest, stream: { parameters, packets } as Segment['stream'] }))

const plain = (value: unknown) => JSON.parse(JSON.stringify(value)) as unknown

test('a segment is read back as it was written', () => {
  fc.assert(
    fc.property(segments, (segment) => {
      assert.deepEqual(plain(readSegment(writeSegment(segment))), plain(segment))
    }),
  )
})

test('whatever byte is damaged, the segment is not read', () => {
  fc.assert(
    fc.property(segments, fc.nat(), fc.integer({ min: 1, max: 255 }), (segment, at, flip) => {
      const file = writeSegment(segment)
      const index = at % file.length
      file[index] = (file[index] as number) ^ flip
      assert.equal(readSegment(file), undefined)
    }),
  )
})

test('a segment that was cut off is not read', () => {
  fc.assert(
    fc.property(segments, fc.nat(), (segment, at) => {
      const file = writeSegment(segment)
      assert.equal(readSegment(file.subarray(0, at % file.length)), undefined)
    }),
  )
})
