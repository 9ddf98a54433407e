import assert from 'node:assert/strict'
import { createHash, randomBytes } from 'node:crypto'
import { request } from 'node:http'
import { openSecretKeys } from '@flatrender/platform/secrets'
import { openStorage } from '@flatrender/platform/storage'
import { eventually } from '../testbed/api-client.ts'
import type { Opened } from './opened.ts'

const sha256 = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest('hex')
const settings = {
  FLATRENDER_STORAGE: 'disk',
  FLATRENDER_S3_REGION: 'us-east-1',
  FLATRENDER_S3_PATH_STYLE: false,
} as const

/** Begins to put a file, and leaves in the middle. */
async function breakPut(address: string, content: Buffer): Promise<void> {
  const sent = request(address, { method: 'PUT', headers: { 'content-length': content.length } })
  sent.on('error', () => {})
  await new Promise((resolve) => sent.write(content.subarray(0, content.length / 2), resolve))
  sent.destroy()
}

/** A file is put and got by signed addresses alone. */
export async function proveSignedFiles({ installation, home }: Opened): Promise<void> {
  const secretKeys = await openSecretKeys(home, { present: undefined, former: undefined })
  const baseUrl = `${installation.url}/api/v1/files/signed`
  const storage = await openStorage({ settings, home, secretKeys, baseUrl })
  try {
    const content = randomBytes(5_000_000)
    const key = 'videos/فیلم نهایی.mp4'
    const put = await storage.sign(key, { method: 'put', expiresIn: 60 })
    const headers = { 'content-type': 'video/mp4' }
    const stored = await fetch(put, { method: 'PUT', headers, body: content })
    assert.equal(stored.status, 201, await stored.text())

    const get = await storage.sign(key, { method: 'get', expiresIn: 60 })
    const whole = await fetch(get)
    assert.deepEqual(
      ['content-type', 'content-length', 'accept-ranges', 'etag'].map((name) => whole.headers.get(name)),
      ['video/mp4', '5000000', 'bytes', stored.headers.get('etag')],
    )
    assert.match(whole.headers.get('content-security-policy') ?? '', /^sandbox/)
    // Nodes of one network get and put far more than its visitors may ask.
    for (const { headers } of [stored, whole]) assert.equal(headers.get('ratelimit'), null)
    assert.equal(sha256(await whole.bytes()), sha256(content))
    const head = await fetch(get, { method: 'HEAD' })
    assert.deepEqual([head.status, head.headers.get('content-length')], [200, '5000000'])

    // A download that was interrupted goes on where it stopped.
    const reader = (await fetch(get)).body!.getReader()
    const first = Buffer.from((await reader.read()).value!)
    await reader.cancel()
    const range = { range: `bytes=${first.length}-`, 'if-range': head.headers.get('etag') ?? '' }
    const rest = await fetch(get, { headers: range })
    assert.equal(rest.status, 206)
    assert.equal(sha256(Buffer.concat([first, await rest.bytes()])), sha256(content))

    // So does an upload.
    const again = await storage.sign('videos/again', { method: 'put', expiresIn: 60, bytes: content.length })
    const offset = async () => Number((await fetch(again, { method: 'HEAD' })).headers.get('upload-offset'))
    await breakPut(again, content)
    const came = await eventually(20, async () => (await offset()) || undefined)
    assert.ok(came < content.length)
    const go = { 'content-range': `bytes ${came}-${content.length - 1}/${content.length}` }
    const ended = await fetch(again, { method: 'PUT', headers: go, body: content.subarray(came) })
    assert.equal(ended.status, 201, await ended.text())
    assert.equal((await storage.head('videos/again'))?.sha256, sha256(content))

    const short = await storage.sign(key, { method: 'get', expiresIn: 0.001 })
    const expires = Number(/expires=(\d+)/.exec(short)?.[1]) * 1000
    await new Promise((resolve) => setTimeout(resolve, Math.max(0, expires - Date.now()) + 50))
    const refused: [string, RequestInit?][] = [
      [get.replace('/videos/', '/audio/')],
      [get.replace(/signature=../, 'signature=AA')],
      [get, { method: 'PUT', body: 'other' }],
      [put],
      [short],
    ]
    for (const [address, init] of refused) {
      const answer = await fetch(address, init)
      const { code } = (await answer.json()) as { code: string }
      assert.deepEqual([answer.status, code], [403, 'STORED_ADDRESS_INVALID'], address)
      assert.match(answer.headers.get('ratelimit') ?? '', /^"visitor"/)
    }
    assert.equal(sha256(await (await fetch(get)).bytes()), sha256(content))
  } finally {
    await storage.close()
  }
}
