import assert from 'node:assert/strict'
import { createHash } from 'node:crypto'
import { mkdir, rm, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { after, before, test } from 'node:test'
import { startTestS3 } from '@flatrender/platform/testkit'
import { eventually, joinTenant, openApi } from './testbed/api-client.ts'
import { makeHome, runServer, urlOf } from './testbed/run-server.ts'

let home: string
let remove: () => Promise<void>
before(async () => {
  ;({ home, remove } = await makeHome())
})
after(() => remove?.())

test('it says where stored files are, and is ready only while it can store', async () => {
  const server = runServer({ FLATRENDER_HOME: home })
  try {
    const url = await urlOf(server)
    const place = path.join(home, 'storage')
    assert.ok(server.output().includes(`storage    stored files are in ${place} (`), server.output())
    const ready = async () => (await fetch(`${url}/readyz`)).status
    assert.equal(await ready(), 200)
    const unfinished = path.join(place, 'unfinished')
    await rm(unfinished, { recursive: true })
    await eventually(10, async () => ((await ready()) === 503 ? true : undefined))
    await mkdir(unfinished)
    await eventually(10, async () => ((await ready()) === 200 ? true : undefined))
  } finally {
    assert.equal(await server.stop(), 0)
  }
})

test('it doesn’t start where it can’t store, and says why in a sentence', async () => {
  await rm(path.join(home, 'storage'), { recursive: true })
  await writeFile(path.join(home, 'storage'), '')
  const server = runServer({ FLATRENDER_HOME: home })
  await server.find(/STORAGE_UNWRITABLE: Nothing can be stored in /)
  const s3 = runServer({ FLATRENDER_HOME: home, FLATRENDER_STORAGE: 's3' })
  await s3.find(/SETTING_INVALID: [^\n]*FLATRENDER_S3_BUCKET/)
})

test('it stores in S3 where the settings say so, and hands out addresses there', async () => {
  const s3 = await startTestS3()
  const settings = { ...s3.settings, FLATRENDER_S3_PATH_STYLE: 'true' }
  const server = runServer({ FLATRENDER_HOME: home, ...settings })
  try {
    const url = await urlOf(server)
    assert.match(server.output(), /storage {4}stored files are in s3:\/\/flatrender at http/)
    assert.equal((await fetch(`${url}/readyz`)).status, 200)
    const api = openApi(url)
    const { accessToken: token } = await joinTenant(api, home, 'sara@example.com')
    const { versionId } = (await api('GET', '/templates/logo-reveal', { token })).body
    const found = (await api('GET', `/template-versions/${versionId}/package`, { token })).body
    const bytes = Buffer.from(await (await fetch(found.url)).arrayBuffer())
    assert.equal(createHash('sha256').update(bytes).digest('hex'), found.sha256)
    await s3.close()
    await eventually(30, async () => ((await fetch(`${url}/readyz`)).status === 503 ? true : undefined))
  } finally {
    assert.equal(await server.stop(), 0)
  }
})
