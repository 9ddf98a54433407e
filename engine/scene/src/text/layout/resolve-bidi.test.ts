import assert from 'node:assert/strict'
import { test } from 'node:test'
import { levelsOfLine, orderRuns, resolveBidi } from './resolve-bidi.ts'

/** Capitals stand for Hebrew letters, as in UAX #9. */
function hebrew(text: string): string {
  return text.replace(/[A-Z]/g, (letter) => String.fromCharCode(0x5d0 + letter.charCodeAt(0) - 65))
}

function latin(text: string): string {
  return text.replace(/[א-ת]/g, (letter) => String.fromCharCode(65 + letter.charCodeAt(0) - 0x5d0))
}

function visual(text: string, direction: 'auto' | 'ltr' | 'rtl'): string {
  const written = hebrew(text)
  const levels = resolveBidi(written, direction)
  const line = levelsOfLine(written, levels, 0, written.length)
  const characters = [...written].map((character, index) => ({ level: line[index] ?? 0, character }))
  return latin(
    orderRuns(characters)
      .map(({ character }) => character)
      .join(''),
  )
}

const cases: readonly [text: string, direction: 'auto' | 'ltr' | 'rtl', visual: string, why: string][] = [
  ['car means CAR.', 'auto', 'car means RAC.', 'UAX #9, example 1'],
  ['car MEANS CAR.', 'ltr', 'car RAC SNAEM.', 'UAX #9, two words from right to left'],
  ['CAR means car.', 'auto', '.means car RAC', 'a paragraph from right to left'],
  ['CAR means car.', 'ltr', 'RAC means car.', 'the same, forced'],
  ['HE SAID "car 12"', 'auto', '"car 12" DIAS EH', 'quotes and numbers'],
  ['ABC (abc) 123', 'auto', '123 )abc( CBA', 'brackets keep their place (N0); the shaper mirrors them'],
  ['abc (ABC) 123', 'auto', 'abc (CBA) 123', 'brackets in a paragraph from left to right'],
  ['ABC 10-20', 'auto', '10-20 CBA', 'a sign between numbers stays with them (W4)'],
  ['ABC 1.5', 'auto', '1.5 CBA', 'a decimal point stays in its number'],
  ['AB   ', 'ltr', 'BA   ', 'spaces at the end of a line fall back (L1)'],
  ['ab AB  ', 'ltr', 'ab BA  ', 'likewise after a word from right to left'],
]

for (const [text, direction, expected, why] of cases) {
  test(`orders “${text}” (${direction}): ${why}`, () => assert.equal(visual(text, direction), expected))
}

test('takes the direction of the first strong character', () => {
  assert.equal(resolveBidi('123 سلام hello', 'auto').base, 1)
  assert.equal(resolveBidi('123 hello سلام', 'auto').base, 0)
  assert.equal(resolveBidi('123', 'auto').base, 0)
  assert.equal(resolveBidi('', 'rtl').base, 1)
})

test('isolates keep their order to themselves', () => {
  const text = 'ab \u2067AB 12\u2069 cd'
  const levels = resolveBidi(hebrew(text), 'ltr').levels
  assert.deepEqual([...levels].slice(4, 6), [1, 1])
  assert.deepEqual([...levels].slice(-2), [0, 0])
})
