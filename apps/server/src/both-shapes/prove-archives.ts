import assert from 'node:assert/strict'
import { createHash, randomBytes } from 'node:crypto'
import { withClient } from '@flatrender/database'
import { openSecretKeys } from '@flatrender/platform/secrets'
import { openStorage } from '@flatrender/platform/storage'
import { eventually, openApi } from '../testbed/api-client.ts'
import { openHome } from '../testbed/open-home.ts'
import type { Opened } from './opened.ts'

const settings = {
  FLATRENDER_STORAGE: 'disk',
  FLATRENDER_S3_REGION: 'us-east-1',
  FLATRENDER_S3_PATH_STYLE: false,
} as const
/** A finished file of a render that no node made. */
const FINISH = `insert into render.exports (tenant_id, render_job_id, container, state, object_key, bytes, hash)
  select tenant_id, id, 'mp4', 'ready', $2, $3, $4 from render.render_jobs where id = $1`

/** A batch's files come as one ZIP through the gateway, straight from the storage, by its address alone. */
export async function proveArchives({ installation, home }: Opened): Promise<void> {
  const api = openApi(installation.url)
  const body = { email: 'owner@flatrender.local', password: installation.ownerPassword }
  const token = (await api('POST', '/auth/login', { body })).body.accessToken
  const { accountId } = (await api('GET', '/credits', { token })).body
  const grant = { accountId, amount: 100, reference: 'archives' }
  assert.equal((await api('POST', '/credits/grants', { token, body: grant })).status, 201)
  const rows = [{ name: 'فیلم' }, {}]
  const sent = await api('POST', '/batches', { token, body: { template: 'logo-reveal', rows } })
  assert.equal(sent.status, 202, JSON.stringify(sent.body))
  const path = `/batches/${sent.body.id}`
  assert.equal((await api('GET', `${path}/archive`, { token })).body.code, 'BATCH_WITHOUT_FILES')
  const renders = await eventually(60, async () => {
    const found = (await api('GET', `${path}/rows`, { token })).body.rows.map(
      ({ renderId }: { renderId: string | null }) => renderId,
    )
    return found.includes(null) ? undefined : (found as string[])
  })

  const content = randomBytes(3_000_000)
  const secretKeys = await openSecretKeys(home, { present: undefined, former: undefined })
  const storage = await openStorage({ settings, home, secretKeys })
  const { ownerUrl, close } = await openHome(home)
  try {
    const hash = createHash('sha256').update(content).digest()
    for (const renderId of renders) {
      await storage.put(`render/test/${renderId}`, content, { contentType: 'video/mp4' })
      await withClient(ownerUrl, (client) =>
        client.query(FINISH, [renderId, `render/test/${renderId}`, content.length, hash]),
      )
    }
    const archive = (await api('GET', `${path}/archive`, { token })).body
    assert.equal(archive.files, 2)
    const { pathname, search } = new URL(archive.url, installation.url)
    const address = `${installation.url}${pathname}${search}`
    const head = await fetch(address, { method: 'HEAD' })
    assert.deepEqual([head.status, head.headers.get('content-length')], [200, `${archive.bytes}`])
    const answer = await fetch(address)
    const zip = Buffer.from(await answer.bytes())
    assert.deepEqual(
      [zip.length, answer.headers.get('content-type'), answer.headers.get('x-content-type-options')],
      [archive.bytes, 'application/zip', 'nosniff'],
    )
    const first = zip.indexOf(content)
    assert.ok(first > 0 && zip.indexOf(content, first + content.length) > 0)
    for (const wrong of [address.replace(/signature=../, 'signature=--'), address.split('?')[0]!]) {
      const refused = await fetch(wrong)
      const { code } = (await refused.json()) as { code: string }
      assert.deepEqual([refused.status, code], [403, 'STORED_ADDRESS_INVALID'])
    }
    // A file that is gone breaks the download: half a ZIP never looks like a whole one.
    await storage.delete(`render/test/${renders[1]}`)
    await assert.rejects(fetch(address).then((broken) => broken.bytes()))
  } finally {
    await storage.close()
    await close()
  }
}
