import assert from 'node:assert/strict'
import { test } from 'node:test'
import { isCssColor } from './is-css-color.ts'

test('colours are told from what only looks like one', () => {
  for (const color of ['#fff', '#000000', '#ffffff80', 'white', 'Black', 'rgba(1, 2, 3, 0.5)', 'transparent'])
    assert.ok(isCssColor(color), color)
  for (const word of ['notacolor', '#12', '', 'red;', '12', 'url(x.png)']) assert.ok(!isCssColor(word), word)
})
