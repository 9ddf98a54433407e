import assert from 'node:assert/strict'
import { readdir, readFile } from 'node:fs/promises'
import path from 'node:path'
import { test } from 'node:test'
import { gunzipSync } from 'node:zlib'
import { backupDatabase, derivePassword } from '@flatrender/database'
import { openApi } from './testbed/api-client.ts'
import { dumpDatabase } from './testbed/dump-database.ts'
import { makeSecrets } from './testbed/make-secrets.ts'
import { openHome } from './testbed/open-home.ts'
import { makeHome, passwordOf, runServer, urlOf } from './testbed/run-server.ts'

/** A secret as somebody might have written it down: plain, in hex, in base64 of any alignment, percent-encoded. */
function spell(secret: string | Buffer): string[] {
  const bytes = Buffer.from(secret)
  const spelt = [bytes.toString('hex')]
  if (typeof secret === 'string') spelt.push(secret, encodeURIComponent(secret))
  for (const skipped of [0, 1, 2]) {
    // Whole groups of three bytes read the same whatever comes after them.
    const whole = bytes.subarray(skipped, skipped + Math.floor((bytes.length - skipped) / 3) * 3)
    spelt.push(whole.toString('base64'), whole.toString('base64url'))
  }
  return spelt
}

/** Where any of the secrets stands, by its name. */
function findSecrets(text: string, secrets: Readonly<Record<string, string | Buffer>>): string[] {
  const lower = text.toLowerCase()
  return Object.entries(secrets)
    .filter(([, secret]) =>
      spell(secret).some((word) => text.includes(word) || lower.includes(word.toLowerCase())),
    )
    .map(([name]) => name)
}

/** All files of a folder, without the mails (which carry tokens), the key itself and PostgreSQL's data, which are dumped. */
async function readFiles(home: string): Promise<string> {
  const names = await readdir(home, { recursive: true, withFileTypes: true })
  const files = names
    .filter((entry) => entry.isFile())
    .map((entry) => path.join(entry.parentPath, entry.name))
    .filter((file) => !/^(mail|postgres)[/\\]|^secret\.key$/.test(path.relative(home, file)))
  return (await Promise.all(files.map((file) => readFile(file, 'latin1')))).join('\n')
}

test('no secret is in the database, a backup, the logs or what the server says', async () => {
  const { home, remove } = await makeHome()
  const server = runServer({ FLATRENDER_HOME: home, FLATRENDER_LOG_LEVEL: 'debug' })
  try {
    const api = openApi(await urlOf(server))
    const ownerPassword = await passwordOf(server)
    const made = await makeSecrets(api, home, ownerPassword)
    // What fails is told in more words than what goes well.
    await api('POST', '/auth/login', { body: { email: 'sara@example.com', password: 'wrong and long' } })
    await api('POST', '/auth/reset-password', { body: { token: made.secrets.resetToken, password: '1' } })
    await api('GET', `/me?token=${made.secrets.accessToken}`, { token: made.apiKey })
    const open = await openHome(home)
    const secretKey = open.keys.present
    const secrets: Record<string, string | Buffer> = {
      ...made.secrets,
      wrongPassword: 'wrong and long',
      secretKey,
      ownerRolePassword: derivePassword(secretKey, 'flatrender'),
      rolePassword: derivePassword(secretKey, 'flatrender_identity'),
      workerPassword: derivePassword(secretKey, 'flatrender_worker'),
    }
    assert.ok(Object.values(secrets).every((secret) => secret.length >= 12))

    const dump = await dumpDatabase(open.ownerUrl)
    const file = path.join(home, 'one.backup')
    await backupDatabase({ ownerUrl: open.ownerUrl, secretKey, keyId: 'test', file })
    const backup = gunzipSync(await readFile(file)).toString('latin1')
    await open.close()
    assert.equal(await server.stop(), 0)
    // The owner's password is shown once, where the first start is told of; nowhere else.
    const said = server.output().replace(`their password ${ownerPassword}`, '')
    const logs = `${said}\n${await readFiles(home)}`

    for (const [place, text] of Object.entries({ dump, backup, logs }))
      assert.deepEqual(findSecrets(text, secrets), [], `in the ${place}`)

    // The search finds what is there: ids in the rows, the password that was shown, and each way of spelling.
    for (const text of [dump, backup]) for (const id of made.ids) assert.ok(text.includes(id))
    assert.match(dump, /^platform\.idempotency_keys .*the-only-key/m)
    assert.match(dump, /^graphile_worker\./m)
    assert.match(logs, /database system is ready/)
    // The most talkative level took effect: each procedure and job has a line of its own.
    for (const line of [/"level":"debug".*"procedure identity/, /"level":"debug".*"job notification.mail/])
      assert.match(said, line)
    assert.deepEqual(findSecrets(server.output(), secrets), ['ownerPassword'])
    for (const [name, secret] of Object.entries(secrets))
      for (const encoding of ['hex', 'base64', 'base64url'] as const) {
        const hidden = Buffer.concat([Buffer.from('x'), Buffer.from(secret), Buffer.from('yz')]).toString(
          encoding,
        )
        assert.ok(findSecrets(hidden, secrets).includes(name), `${name} in ${encoding}`)
      }
  } finally {
    await server.stop()
    await remove()
  }
})
