import assert from 'node:assert/strict'
import { test } from 'node:test'
import { joinsPrevious } from './joins-previous.ts'

function runs(text: string): string[] {
  const found: string[] = []
  for (let index = 0; index < text.length; index++) {
    const mark = /\p{M}|\u200c/u.test(text[index] as string)
    if (found.length > 0 && (mark || joinsPrevious(text, index))) found.push(`${found.pop()}${text[index]}`)
    else found.push(text[index] as string)
  }
  return found
}

test('joins Persian and Arabic letters as they are written', () => {
  assert.deepEqual(runs('ویدیو'), ['و', 'ید', 'یو'])
  assert.deepEqual(runs('سلام'), ['سلا', 'م'])
  assert.deepEqual(runs('می\u200cخواهیم'), ['می\u200c', 'خو', 'ا', 'هیم'])
  assert.deepEqual(runs('عَلَيْكُمْ'), ['عَلَيْكُمْ'])
  assert.deepEqual(runs('ماء'), ['ما', 'ء'])
  assert.deepEqual(runs('abc'), ['a', 'b', 'c'])
})
