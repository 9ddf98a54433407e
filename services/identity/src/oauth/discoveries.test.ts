import assert from 'node:assert/strict'
import { test } from 'node:test'
import { setTimeout } from 'node:timers/promises'
import type { Configuration } from 'openid-client'
import { openDiscoveries } from './discoveries.ts'

const configuration = {} as Configuration

test('a server is asked once in a while for each client, and again after a failure', async () => {
  const discoveries = openDiscoveries(200)
  let asked = 0
  const ask = async () => {
    asked++
    if (asked === 1) throw new Error('it is away')
    return configuration
  }
  await assert.rejects(discoveries('one', ask))
  for (const _ of [1, 2, 3]) assert.equal(await discoveries('one', ask), configuration)
  assert.equal(asked, 2)
  await discoveries('two', ask)
  assert.equal(asked, 3)
  await setTimeout(250)
  await discoveries('one', ask)
  assert.equal(asked, 4)
})
