import assert from 'node:assert/strict'
import { test } from 'node:test'
import { openSeats } from './seats.ts'

const { signal } = new AbortController()

test('who finds no seat gets the next that is left, in turn', async () => {
  const seats = openSeats(1)
  const sat: string[] = []
  const leave = await seats.take(signal)
  const sit = async (name: string) => {
    const up = await seats.take(signal)
    sat.push(name)
    up()
  }
  const [first, second] = [sit('first'), sit('second')]
  leave()
  await Promise.all([first, second])
  assert.deepEqual(sat, ['first', 'second'])
})

test('who gives up takes no seat from the others', async () => {
  const seats = openSeats(1)
  const leave = await seats.take(signal)
  const stop = new AbortController()
  const gone = seats.take(stop.signal)
  const next = seats.take(signal)
  stop.abort(new Error('enough'))
  await assert.rejects(gone, /enough/)
  leave()
  const up = await next
  up()
  await seats.take(signal)
  await assert.rejects(seats.take(stop.signal), /enough/)
})
