import assert from 'node:assert/strict'
import { test } from 'node:test'
import { checkPageLinks } from './page-links.ts'

test('finds links and file names that lead nowhere', () => {
  const text = `[home](../README.md) [part](reference/errors.md#x) [gone](gone.md) [web](https://example.org)
\`engine/scene/src/index.ts\` \`engine/gone.ts\` \`npm run docs\``
  const known = new Set(['README.md', 'docs/reference/errors.md', 'engine/scene/src/index.ts'])
  assert.deepEqual(checkPageLinks([{ path: 'docs/page.md', text }], (path) => known.has(path)).problems, [
    'docs/page.md names docs/gone.md, which does not exist',
    'docs/page.md names engine/gone.ts, which does not exist',
  ])
})
