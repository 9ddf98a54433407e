import assert from 'node:assert/strict'
import { mkdtemp, rm, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { after, before, test } from 'node:test'
import { isFlatRenderError } from '@flatrender/contracts/errors'
import { openSecretKeyFile, parseSecretKey } from './open-secret-key.ts'

let home: string
before(async () => {
  home = await mkdtemp(path.join(tmpdir(), 'flatrender-secret-'))
})
after(() => rm(home, { recursive: true, force: true }))

test('the first who asks makes the key, and all get the same; nobody else may read it', async () => {
  const file = path.join(home, 'new', 'secret.key')
  const keys = await Promise.all(Array.from({ length: 8 }, () => openSecretKeyFile(file)))
  assert.equal(new Set(keys.map((key) => key.toString('hex'))).size, 1)
  assert.equal(keys[0]!.length, 32)
  if (process.platform !== 'win32') assert.equal((await stat(file)).mode & 0o777, 0o600)
})

test('a key of another length is refused, and not told', async () => {
  const file = path.join(home, 'short.key')
  await writeFile(file, 'c2hvcnQ')
  await assert.rejects(openSecretKeyFile(file), (error) => {
    assert.ok(isFlatRenderError(error, 'SECRET_KEY_INVALID'))
    assert.doesNotMatch(error.message, /c2hvcnQ/)
    return true
  })
  assert.throws(() => parseSecretKey('', 'FLATRENDER_SECRET_KEY'))
})
