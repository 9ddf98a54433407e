import assert from 'node:assert/strict'
import { test } from 'node:test'
import { manifestSchema, modificationsSchema } from '@flatrender/contracts/template'
import { makeJsonSchema } from './make-json-schema.ts'

const schemas = [
  makeJsonSchema('manifest', 'A manifest', manifestSchema),
  makeJsonSchema('modifications', 'Modifications', modificationsSchema),
]

test('names every part that it refers to', () => {
  for (const schema of schemas) {
    const named = Object.keys(schema.$defs ?? {})
    const wanted = [...JSON.stringify(schema).matchAll(/"#\/\$defs\/(\w+)"/g)].map((match) => match[1] ?? '')
    assert.deepEqual([...new Set(wanted)].sort(), named.sort())
  }
})

test('takes what is written, before defaults are filled in', () => {
  assert.deepEqual(schemas[0]?.$defs?.cue?.required, ['frame', 'file'])
  assert.equal(schemas[0]?.$defs?.cue?.properties?.volume?.default, 1)
})

test('carries the docblocks of schemas and fields', () => {
  const cue = schemas[0]?.$defs?.cue
  assert.match(cue?.description ?? '', /sound at a moment/)
  assert.match(cue?.properties?.frame?.description ?? '', /Frame of the scene/)
})
