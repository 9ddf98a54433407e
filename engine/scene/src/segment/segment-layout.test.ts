import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { findPacketFault } from './find-packet-fault.ts'
import {
  layOutHeader,
  readSegmentManifest,
  SEGMENT_HASH_BYTES,
  type SegmentHeader,
} from './segment-layout.ts'

const header: SegmentHeader = {
  key: 'ab'.repeat(32),
  frames: 3,
  thumbprints: { 0: 'AAAA' },
  parameters: { kind: 'video' },
  packets: [
    [0, -1, 1, 1, 900, 0],
    [2, 0, 1, 0, 40, 0],
    [1, 1, 1, 0, 30, 5],
  ],
}

test('a header is read from the beginning of its file, which says how long the file must be', () => {
  const laid = layOutHeader(header)
  const file = new Uint8Array(laid.length + 20)
  file.set(laid)
  const read = readSegmentManifest(file)
  assert.deepEqual(read?.header, header)
  assert.equal(read?.packetsAt, laid.length)
  assert.equal(read?.bytes, laid.length + 975 + SEGMENT_HASH_BYTES)
})

test('a header that lies within a larger buffer is read at its own place', () => {
  const laid = layOutHeader(header)
  const around = new Uint8Array(laid.length + 7)
  around.set(laid, 7)
  assert.deepEqual(readSegmentManifest(around.subarray(7))?.header, header)
})

test('what is no whole header is none, and nothing is thrown', () => {
  const laid = layOutHeader(header)
  fc.assert(
    fc.property(fc.nat(laid.length - 1), (length) => {
      assert.equal(readSegmentManifest(laid.subarray(0, length)), undefined)
    }),
  )
  fc.assert(
    fc.property(fc.json(), (json) => {
      assert.equal(readSegmentManifest(layOutHeader(JSON.parse(json) as SegmentHeader)), undefined)
    }),
  )
  const negative = { ...header, packets: [[0, 0, 1, 1, -5, 0]] } as unknown as SegmentHeader
  assert.equal(readSegmentManifest(layOutHeader(negative)), undefined)
})

test('packets that lack, double or disorder a frame are found without decoding', () => {
  assert.equal(findPacketFault(header, 3), undefined)
  const [first, second, third] = header.packets as [SegmentHeader['packets'][0], never, never]
  const faults: [SegmentHeader, number][] = [
    [header, 4],
    [{ ...header, packets: [second, first, third] }, 3],
    [{ ...header, packets: [first, second] }, 3],
    [{ ...header, packets: [first, second, second] }, 3],
    [{ ...header, packets: [first, third, second] }, 3],
    [{ ...header, packets: [[0, -1, 1, 1, 0, 0], second, third] }, 3],
    [{ ...header, packets: [] }, 3],
  ]
  for (const [wrong, frames] of faults) assert.equal(typeof findPacketFault(wrong, frames), 'string')
})
