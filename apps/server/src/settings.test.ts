import assert from 'node:assert/strict'
import { test } from 'node:test'
import { isFlatRenderError } from '@flatrender/contracts/errors'
import { readSettings, settingsSchema } from './settings.ts'
import { writeHelp } from './write-help.ts'

const read = (environment: NodeJS.ProcessEnv) => readSettings(environment, '/srv')

test('browsers find an installation at the port that it listens on, unless its address is told', () => {
  assert.equal(read({}).FLATRENDER_PUBLIC_URL, 'http://localhost:3000')
  assert.equal(read({ FLATRENDER_PORT: '4710' }).FLATRENDER_PUBLIC_URL, 'http://localhost:4710')
  const told = { FLATRENDER_PORT: '4710', FLATRENDER_PUBLIC_URL: 'https://video.example.com' }
  assert.equal(read(told).FLATRENDER_PUBLIC_URL, 'https://video.example.com')
})

test('an empty setting is none', () => {
  const empty = Object.fromEntries(Object.keys(settingsSchema.shape).map((name) => [name, '']))
  assert.deepEqual(read(empty), read({}))
  assert.deepEqual(read({ FLATRENDER_NOTHING: '' }), read({}))
})

test('of a list the entry is named that is wrong', () => {
  for (const [setting, text] of [
    ['FLATRENDER_OUTBOUND_ALLOWED', '10.0.0.0/8, host:80'],
    ['FLATRENDER_DNS_SERVERS', '192.0.2.53, host:80'],
  ] as const)
    assert.throws(() => read({ [setting]: text }), /“host:80” is no/, setting)
})

test('a setting that nobody reads is refused with the one that was meant; other programs’ are none of ours', () => {
  for (const [setting, nearest] of [
    ['FLATRENDER_PROT', 'FLATRENDER_PORT'],
    ['FLATRENDER_SMTP', 'FLATRENDER_SMTP_URL'],
    ['FLATRENDER_MAILFROM', 'FLATRENDER_MAIL_FROM'],
  ] as const)
    assert.throws(
      () => read({ [setting]: '1' }),
      (error) => isFlatRenderError(error, 'SETTING_UNKNOWN') && error.data.nearest === nearest,
      setting,
    )
  assert.deepEqual(read({ PATH: '/bin', FLAT: '1', FLATRENDER_WORKERS: '2' }), read({}))
})

test('what Kubernetes tells pods of a Service named flatrender is no setting', () => {
  const injected = {
    FLATRENDER_SERVICE_HOST: '10.0.0.1',
    FLATRENDER_SERVICE_PORT: '80',
    FLATRENDER_SERVICE_PORT_HTTP: '80',
    FLATRENDER_PORT: 'tcp://10.0.0.1:80',
    FLATRENDER_PORT_80_TCP: 'tcp://10.0.0.1:80',
    FLATRENDER_PORT_80_TCP_PROTO: 'tcp',
    FLATRENDER_PORT_80_TCP_PORT: '80',
    FLATRENDER_PORT_80_TCP_ADDR: '10.0.0.1',
    FLATRENDER_GATEWAY_SERVICE_HOST: '10.0.0.2',
    FLATRENDER_GATEWAY_PORT: 'tcp://10.0.0.2:80',
  }
  assert.deepEqual(read(injected), read({}))
  assert.throws(() => read({ FLATRENDER_SERVICE: '1' }), /FLATRENDER_SERVICE/)
})

test('--help names every setting, and what it is unless set', () => {
  const help = writeHelp()
  for (const name of Object.keys(settingsSchema.shape)) assert.match(help, new RegExp(`^  ${name}\\b`, 'm'))
  assert.match(help, /^ {2}FLATRENDER_PORT +3000$/m)
  assert.match(help, /^ {2}FLATRENDER_LOG_LEVEL +info$/m)
  assert.match(help, /--services=NAMES .*identity,/)
})
