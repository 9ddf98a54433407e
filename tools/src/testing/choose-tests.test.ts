import assert from 'node:assert/strict'
import { test } from 'node:test'
import { chooseTests } from './choose-tests.ts'

const files = ['engine/scene/src/a.test.ts', 'engine/media/src/b.test.ts']

test('runs every file when no word is given', () => {
  assert.deepEqual(chooseTests(files, []), { files, options: [] })
})

test('keeps the files whose path contains a word, also one typed with a leading ./', () => {
  assert.deepEqual(chooseTests(files, ['./engine/scene']).files, [files[0]])
  assert.deepEqual(chooseTests(files, ['b.test', 'a.test']).files, files)
})

test('hands options on to Node', () => {
  const choice = chooseTests(files, ['--test-name-pattern=x', 'media'])
  assert.deepEqual(choice, { files: [files[1]], options: ['--test-name-pattern=x'] })
})
