import assert from 'node:assert/strict'
import { createHash, randomBytes } from 'node:crypto'
import { after, before, test } from 'node:test'
import { startTestS3, type TestS3 } from '@flatrender/platform/testkit'
import { callOf, isCode, openTestbed, type Testbed } from '../testbed/open-testbed.ts'

let s3: TestS3
let testbed: Testbed
before(async () => {
  s3 = await startTestS3()
  testbed = await openTestbed({ storage: s3.settings })
})
after(async () => {
  await testbed?.close()
  await s3?.close()
})

test('with S3, bytes go there past us, and are looked at all the same', async () => {
  const context = callOf()
  const content = randomBytes(100_000)
  const sha256 = createHash('sha256').update(content).digest('hex')
  const upload = await testbed.client.uploads.create(
    { name: 'a.mp4', bytes: content.length, contentType: 'video/mp4', sha256 },
    { context },
  )
  const put = (body: Uint8Array<ArrayBuffer>) => fetch(upload.url, { method: 'PUT', body })
  assert.equal((await put(randomBytes(content.length))).status, 200)
  await assert.rejects(
    testbed.client.uploads.complete({ id: upload.id }, { context }),
    isCode('UPLOAD_DIFFERS'),
  )
  assert.equal((await put(content)).status, 200)
  const file = await testbed.client.uploads.complete({ id: upload.id }, { context })
  assert.equal(file.sha256, sha256)
  const { url } = await testbed.client.files.show({ id: file.id }, { context })
  assert.deepEqual(Buffer.from(await (await fetch(url)).bytes()), content)
  assert.equal((await testbed.keys()).length, 1)
  await testbed.client.files.delete({ id: file.id }, { context })
  await testbed.tellEvents()
  assert.deepEqual(await testbed.keys(), [])
})
