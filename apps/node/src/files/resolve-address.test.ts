import assert from 'node:assert/strict'
import { test } from 'node:test'
import { resolveAddress } from './resolve-address.ts'

test('the server’s own files are asked for where the node reaches it, others where they are', () => {
  const own = '/api/v1/files/signed/render/a%20b.lottie?expires=1&signature=x%2Fy'
  for (const address of [own, `https://public.example${own}`])
    assert.equal(resolveAddress(address, 'http://10.0.0.5:3000/'), `http://10.0.0.5:3000${own}`)
  const bucket = 'https://s3.example/bucket/render/a?X-Amz-Signature=1'
  assert.equal(resolveAddress(bucket, 'http://10.0.0.5:3000'), bucket)
  assert.equal(resolveAddress('/files/a', 'http://10.0.0.5:3000'), 'http://10.0.0.5:3000/files/a')
})
