import assert from 'node:assert/strict'
import { test } from 'node:test'
import { startTestS3 } from '../../testkit/start-test-s3.ts'
import { openS3Storage } from './open-s3-storage.ts'

const options = { bucket: 'bucket', region: 'eu-1', keyId: 'k', secret: 'a-very-secret-key' }

test('an S3 that is away, has another bucket or takes another key is one sentence, without the secret', async () => {
  const s3 = await startTestS3()
  const there = { ...options, endpoint: s3.settings.FLATRENDER_S3_ENDPOINT, pathStyle: true }
  const away = { ...options, endpoint: 'http://127.0.0.1:9', pathStyle: true }
  const right = { ...there, bucket: 'flatrender', keyId: 'S3RVER', secret: 'S3RVER' }
  try {
    for (const wrong of [
      away,
      { ...right, bucket: 'other-bucket' },
      { ...right, keyId: 'unknown', secret: options.secret },
    ]) {
      const storage = openS3Storage(wrong)
      await assert.rejects(storage.check(), (error: Error & { code: string }) => {
        assert.equal(error.code, 'STORAGE_UNREACHABLE')
        assert.match(
          error.message,
          /^The storage s3:\/\/\S+ at http:\S+ does not answer as it should: [^\n]+\.$/,
        )
        assert.doesNotMatch(error.message, /very-secret/)
        return true
      })
      await storage.close()
    }
    await openS3Storage(right).check()
  } finally {
    await s3.close()
  }
})

test('the bucket is in the path or in the host, as wanted', async () => {
  const at = (more: object) =>
    openS3Storage({ ...options, ...more }).sign('a b', { expiresIn: 60, method: 'get' })
  assert.match(await at({}), /^https:\/\/bucket\.s3\.eu-1\.amazonaws\.com\/a%20b\?/)
  assert.match(await at({ pathStyle: true }), /^https:\/\/s3\.eu-1\.amazonaws\.com\/bucket\/a%20b\?/)
  assert.match(
    await at({ endpoint: 'https://s3.example:9000' }),
    /^https:\/\/bucket\.s3\.example:9000\/a%20b\?/,
  )
  assert.match(
    await at({ endpoint: 'https://s3.example', pathStyle: true }),
    /^https:\/\/s3\.example\/bucket\/a%20b\?/,
  )
})

// s3rver checks no signatures; that a changed address opens nothing is Amazon's promise.
test('a signed address gets or puts one file, without a key, under the name wanted', async () => {
  const s3 = await startTestS3()
  const storage = openS3Storage({
    bucket: 'flatrender',
    region: 'us-east-1',
    keyId: 'S3RVER',
    secret: 'S3RVER',
    endpoint: s3.settings.FLATRENDER_S3_ENDPOINT,
    pathStyle: true,
  })
  try {
    const put = await storage.sign('فیلم', { expiresIn: 60, method: 'put' })
    assert.equal((await fetch(put, { method: 'PUT', body: 'hello' })).status, 200)
    const sized = await storage.sign('sized', { expiresIn: 60, method: 'put', bytes: 5 })
    assert.match(sized, /X-Amz-SignedHeaders=content-length%3Bhost/)
    assert.equal((await fetch(sized, { method: 'PUT', body: 'hello' })).status, 200)
    const get = await storage.sign('فیلم', { expiresIn: 60, method: 'get', filename: 'فیلم من.mp4' })
    const answer = await fetch(get)
    assert.equal(await answer.text(), 'hello')
    assert.match(answer.headers.get('content-disposition') ?? '', /^attachment; .*filename\*=UTF-8''%D9%81/)
  } finally {
    await storage.close()
    await s3.close()
  }
})
