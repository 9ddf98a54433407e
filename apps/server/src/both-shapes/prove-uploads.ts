import assert from 'node:assert/strict'
import { createHash, randomBytes } from 'node:crypto'
import { eventually, joinTenant, openApi } from '../testbed/api-client.ts'
import type { Opened } from './opened.ts'

/** A file is uploaded, listed, got and deleted; its room is kept, taken and given back. */
export async function proveUploads({ installation, home }: Opened): Promise<void> {
  const api = openApi(installation.url)
  const { accessToken: token } = await joinTenant(api, home, 'mina@example.com')
  const content = randomBytes(200_000)
  const sha256 = createHash('sha256').update(content).digest('hex')
  const body = { name: 'گربه.png', bytes: content.length, sha256, contentType: 'image/png' }
  const upload = await api('POST', '/files/uploads', { token, body })
  assert.equal(upload.status, 201, JSON.stringify(upload.body))
  // The installation thinks that browsers find it at its usual port.
  const reach = (address: string) => address.replace(/^https?:\/\/[^/]+/, installation.url)

  const early = await api('POST', `/files/uploads/${upload.body.id}/complete`, { token, body: {} })
  assert.deepEqual([early.status, early.body.code], [409, 'UPLOAD_MISSING'])
  const put = await fetch(reach(upload.body.url), {
    method: 'PUT',
    headers: { 'content-type': 'image/png' },
    body: content,
  })
  assert.equal(put.status, 201, await put.text())
  const file = await api('POST', `/files/uploads/${upload.body.id}/complete`, { token, body: {} })
  assert.equal(file.status, 200, JSON.stringify(file.body))
  assert.deepEqual([file.body.sha256, file.body.kind, file.body.name], [sha256, 'picture', body.name])

  const { body: list } = await api('GET', '/files?limit=5', { token })
  assert.deepEqual(
    list.files.map(({ id }: { id: string }) => id),
    [file.body.id],
  )
  const shown = await api('GET', `/files/${file.body.id}`, { token })
  const got = await fetch(reach(shown.body.url))
  assert.deepEqual(Buffer.from(await got.bytes()), content)

  const { body: quota } = await api('GET', '/files-quota', { token })
  assert.deepEqual(quota, { limitBytes: 1_000_000_000, usedBytes: content.length, reservedBytes: 0 })
  const large = { name: 'a', bytes: 1_000_000_000 }
  const refused = await api('POST', '/files/uploads', { token, body: large })
  assert.deepEqual([refused.status, refused.body.code], [402, 'FILE_QUOTA_EXCEEDED'])

  assert.equal((await api('DELETE', `/files/${file.body.id}`, { token })).status, 200)
  assert.equal((await api('GET', '/files-quota', { token })).body.usedBytes, 0)
  await eventually(20, async () => ((await fetch(reach(shown.body.url))).status === 404 ? true : undefined))
}
