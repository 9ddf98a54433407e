import assert from 'node:assert/strict'
import { test } from 'node:test'
import { describeType } from './describe-type.ts'

test('names what a field takes', () => {
  assert.equal(describeType({ $ref: '#/$defs/textSlot' }), '[textSlot](#textslot)')
  assert.equal(describeType({ enum: ['cover', 'contain'] }), '`cover`, `contain`')
  assert.equal(describeType({ const: 1 }), '`1`')
  assert.equal(describeType({ type: 'array', items: { type: 'string' }, minItems: 1 }), 'list of text ≥ 1')
  assert.equal(
    describeType({ type: 'object', additionalProperties: { $ref: '#/$defs/slot' } }),
    'name → [slot](#slot)',
  )
  assert.equal(describeType({ anyOf: [{ type: 'number' }, { type: 'boolean' }] }), 'number or boolean')
})

test('says the bounds of numbers', () => {
  assert.equal(describeType({ type: 'number', minimum: 0, maximum: 4 }), 'number 0–4')
  assert.equal(describeType({ type: 'number', exclusiveMinimum: 0, maximum: 120 }), 'number > 0 ≤ 120')
  assert.equal(
    describeType({ type: 'integer', minimum: 1, maximum: Number.MAX_SAFE_INTEGER }),
    'whole number ≥ 1',
  )
})

test('writes small objects in place, with a mark where a field may be left out', () => {
  const point = {
    type: 'object',
    properties: { x: { type: 'number' }, y: { type: 'number' } },
    required: ['x'],
  }
  assert.equal(describeType(point), '{ `x`: number; `y?`: number }')
})
