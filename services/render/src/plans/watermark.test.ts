import assert from 'node:assert/strict'
import { test } from 'node:test'
import { MARK_SIZE, openMark } from './watermark.ts'

test('the watermark has the size that plans are made with', async () => {
  const { info, file } = await openMark()
  // A PNG tells it right after its signature, in its first chunk.
  const header = Buffer.from(file.content.buffer, file.content.byteOffset, 24)
  assert.deepEqual({ width: header.readUInt32BE(16), height: header.readUInt32BE(20) }, MARK_SIZE)
  assert.equal(info.kind, 'picture')
})
