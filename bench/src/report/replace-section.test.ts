import assert from 'node:assert/strict'
import { test } from 'node:test'
import { replaceSection } from './replace-section.ts'

test('a section that is measured anew takes its own place, and all others stay', () => {
  const engine = '## The engine\n\nfast\n\n### In detail\n\nvery\n'
  const dispatch = '## Dispatch\n\nlate\n'
  const page = replaceSection(replaceSection('', dispatch), engine)
  assert.ok(page.indexOf('## The engine') < page.indexOf('## Dispatch'))
  assert.ok(page.startsWith('# Performance\n'))
  const again = replaceSection(page, '## Dispatch\n\nsoon\n')
  assert.equal(again, page.replace('late', 'soon'))
})
