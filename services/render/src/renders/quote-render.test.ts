import assert from 'node:assert/strict'
import { test } from 'node:test'
import { quoteRender } from './quote-render.ts'

const hd = { width: 1280, height: 720, quality: 'standard' } as const

test('a credit pays six seconds of 720p, and a begun one counts', () => {
  assert.equal(quoteRender({ ...hd, frames: 180 }), 1)
  assert.equal(quoteRender({ ...hd, frames: 181 }), 2)
  assert.equal(quoteRender({ ...hd, frames: 1 }), 1)
})

test('whichever way it stands, the frame of 16:9 counts that would hold it', () => {
  const full = { ...hd, frames: 1800, width: 1920, height: 1080 }
  assert.equal(quoteRender(full), 20)
  assert.equal(quoteRender({ ...full, width: 1080, height: 1920 }), 20)
  assert.equal(quoteRender({ ...full, width: 3840, height: 2160 }), 80)
  assert.equal(quoteRender({ ...full, width: 1080, height: 1080 }), 20)
  assert.equal(quoteRender({ ...full, width: 8192, height: 720 }), 160)
})

test('more frames, pixels or quality never cost less', () => {
  let last = 0
  for (const side of [480, 720, 722, 1080, 1440, 2160, 4320]) {
    const price = quoteRender({ ...hd, frames: 5000, width: side, height: side })
    assert.ok(price >= last)
    last = price
  }
  const of = (quality: 'draft' | 'standard' | 'high') => quoteRender({ ...hd, frames: 5000, quality })
  assert.ok(of('draft') < of('standard') && of('standard') < of('high'))
})
