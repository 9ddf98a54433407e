import assert from 'node:assert/strict'
import { test } from 'node:test'
import { readComments } from './read-comments.ts'

test('reads what a schema and its fields mean', () => {
  const comments = readComments(`
/** A sound at a moment. */
export const cueSchema = z.strictObject({
  /** Frame of the scene's
   * own animation. */
  frame: z.number(),
  file: pathSchema,
  nested: z.strictObject({
    /** Not of the cue itself. */
    deep: z.number(),
  }),
  /** Linear. */
  volume: volumeSchema,
})

/** Not a schema. */
export const other = 1
`)
  assert.deepEqual(Object.fromEntries(comments), {
    cue: 'A sound at a moment.',
    'cue.frame': "Frame of the scene's own animation.",
    'cue.volume': 'Linear.',
  })
})
