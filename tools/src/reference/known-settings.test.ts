import assert from 'node:assert/strict'
import { test } from 'node:test'
import { settingsSchema as commandSettings } from '@flatrender/cli'
import { readSettings, settingsSchema as serverSettings } from '@flatrender/server'

test('a server minds no setting of the command line', () => {
  const own = Object.keys(serverSettings.shape)
  for (const name of Object.keys(commandSettings.shape))
    if (!own.includes(name)) assert.doesNotThrow(() => readSettings({ [name]: '1' }, '/srv'), name)
})
