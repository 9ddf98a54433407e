import assert from 'node:assert/strict'
import { test } from 'node:test'
import { settingsSchema as commandSettings, readSettings as readCommandSettings } from '@flatrender/cli'
import { readSettings, settingsSchema as serverSettings } from '@flatrender/server'

test('a server minds no setting of the command line', () => {
  const own = Object.keys(serverSettings.shape)
  for (const name of Object.keys(commandSettings.shape))
    if (!own.includes(name)) assert.doesNotThrow(() => readSettings({ [name]: '1' }, '/srv'), name)
})

test('and the command line no setting of a server', () => {
  const own = Object.keys(commandSettings.shape)
  for (const name of Object.keys(serverSettings.shape))
    if (!own.includes(name)) assert.doesNotThrow(() => readCommandSettings({ [name]: '1' }, '/srv'), name)
})

test('which refuses a slip of its own all the same', () => {
  for (const slip of ['FLATRENDER_WORKRES', 'FLATRENDER_HOM', 'FLATRENDER_S3_BUCKT'])
    assert.throws(() => readCommandSettings({ [slip]: '1' }, '/srv'), /SETTING_UNKNOWN|no setting/, slip)
})
