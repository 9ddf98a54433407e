import assert from 'node:assert/strict'
import { test } from 'node:test'
import { FlatRenderError } from '@flatrender/contracts/errors'
import { findLoss, isLoss, throwLoss } from './is-loss.ts'

const refused = Object.assign(new Error('connect ECONNREFUSED 127.0.0.1:1'), { code: 'ECONNREFUSED' })
const shutDown = Object.assign(new Error('terminating connection'), { code: '57P01' })
const wrong = Object.assign(new Error('relation "connections" does not exist'), { code: '42P01' })

test('a connection that breaks is a loss, a wrong statement is none', () => {
  for (const error of [refused, shutDown, new Error('Connection terminated unexpectedly')])
    assert.ok(isLoss(error), error.message)
  for (const error of [wrong, new Error('it said: Connection terminated'), 'ECONNREFUSED', undefined])
    assert.ok(!isLoss(error))
  assert.throws(() => throwLoss(shutDown), { code: 'DATABASE_LOST' })
  assert.throws(() => throwLoss(wrong), wrong)
})

test('a loss is found behind what libraries make of it', () => {
  for (const error of [
    new AggregateError([wrong, new Error('deactivating', { cause: refused })], 'Errors occurred'),
    new Error("Failed to fail jobs '1':\nError: connect ECONNREFUSED 127.0.0.1:1"),
    new FlatRenderError(
      'DATABASE_UNREACHABLE',
      { database: 'a', server: 'b', reason: 'c' },
      { cause: refused },
    ),
  ])
    assert.equal(findLoss(error), 'ECONNREFUSED')
  for (const error of [wrong, new AggregateError([wrong], 'Errors occurred'), undefined])
    assert.equal(findLoss(error), undefined)
})
