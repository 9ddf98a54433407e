import assert from 'node:assert/strict'
import { test } from 'node:test'
import { findLineBreaks, NO_BREAK } from './find-line-breaks.ts'
import { segmentGraphemes } from './segment-graphemes.ts'

function pieces(text: string): string[] {
  const breaks = findLineBreaks(text, segmentGraphemes(text))
  const found: string[] = []
  let start = 0
  for (let offset = 1; offset <= text.length; offset++) {
    if (breaks[offset] === NO_BREAK && offset < text.length) continue
    found.push(text.slice(start, offset))
    start = offset
  }
  return found
}

const cases: readonly [name: string, pieces: string[]][] = [
  ['words', ['The ', 'lamp, ', 'that ', '(really) ', 'wakes.']],
  ['no-break spaces', ['10\u00a0km ', 'far']],
  ['hyphens and dashes', ['well-', 'known ', '— ', 'yes']],
  ['an address', ['https://', 'example.com/', 'path?', 'a=1']],
  ['Persian with ZWNJ', ['می\u200cخواهیم ', 'کتاب\u200cها']],
  ['Chinese, no line begins with a full stop', ['你', '好，', '世', '界。', '「汉', '字」']],
  ['Thai words; compounds may be parted', ['สวัสดี', 'ชาว', 'โลก ', 'ยิน', 'ดี', 'ต้อน', 'รับ']],
  ['emoji sequences', ['👨‍👩‍👧', '🇮🇷', '👍🏽']],
  ['numbers with signs', ['costs ', '$1,234.50 ', '(12%)']],
  ['a soft hyphen', ['extra\u00ad', 'ordinary']],
]

for (const [name, expected] of cases) {
  test(`finds breaks of ${name}`, () => assert.deepEqual(pieces(expected.join('')), expected))
}
