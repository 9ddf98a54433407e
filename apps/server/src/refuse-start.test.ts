import assert from 'node:assert/strict'
import { execFileSync, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { mkdir, readdir, readFile, readlink, rm, writeFile } from 'node:fs/promises'
import { type AddressInfo, createServer } from 'node:net'
import path from 'node:path'
import { test } from 'node:test'
import { startTestS3 } from '@flatrender/platform/testkit'
import { makeHome, runServer, runServerThrough, type ServerProcess, urlOf } from './testbed/run-server.ts'

/** Waits for a server that must not start: it says one sentence with a remedy, and ends with 1. */
async function assertRefused(server: ServerProcess, expected: RegExp): Promise<void> {
  assert.equal(await server.ended, 1, server.output())
  assert.match(server.output(), expected)
  assert.doesNotMatch(server.output(), /This is a bug|\n\s+at /)
}

/** Does any process work in this folder? PostgreSQL's do, each of them. */
async function isAnybodyIn(folder: string): Promise<boolean> {
  for (const name of await readdir('/proc'))
    if (/^\d+$/.test(name) && (await readlink(`/proc/${name}/cwd`).catch(() => '')).startsWith(folder))
      return true
  return false
}

test('what cannot be started says why in one sentence, with exit code 1', async () => {
  const { home, remove } = await makeHome()
  const server = runServer({ FLATRENDER_HOME: home })
  try {
    const { port } = new URL(await urlOf(server))
    const file = path.join(home, 'file')
    await writeFile(file, '')
    const cases: [NodeJS.ProcessEnv, string[], RegExp][] = [
      [{ FLATRENDER_PORT: port }, [], /^PORT_TAKEN: Port \d+ of 127\.0\.0\.1 is in use/m],
      [{ FLATRENDER_PORT: 'http' }, [], /^SETTING_INVALID: /m],
      [{ FLATRENDER_PROT: '1' }, [], /^SETTING_UNKNOWN: .*FLATRENDER_PROT; FLATRENDER_PORT is/m],
      [{ FLATRENDER_PORT: '99999' }, [], /^SETTING_INVALID: .*FLATRENDER_PORT/m],
      [{ FLATRENDER_HOST: '203.0.113.1' }, [], /^HOST_UNUSABLE: .*203\.0\.113\.1.*FLATRENDER_HOST/m],
      [{ FLATRENDER_HOST: 'no such host' }, [], /^HOST_UNUSABLE: /m],
      [{ FLATRENDER_INTERNAL_HOST: '203.0.113.1' }, ['--services=content'], /^HOST_UNUSABLE: /m],
      [{ FLATRENDER_DATABASE_URL: 'postgres://nobody@127.0.0.1:1/nothing' }, [], /^DATABASE_UNREACHABLE: /m],
      [{ FLATRENDER_DATABASE_URL: 'mysql://127.0.0.1/nothing' }, [], /^SETTING_INVALID: /m],
      [{ FLATRENDER_SECRET_KEY: 'short' }, [], /^SECRET_KEY_INVALID: /m],
      // Another key than the one of the server that runs over this very folder.
      [{ FLATRENDER_SECRET_KEY: 'A'.repeat(43) }, [], /^SECRET_KEY_DIFFERS: .*secret\.key/m],
      [{ FLATRENDER_HOME: file }, [], /^HOME_UNUSABLE: .*it is a file, or below one/m],
      [{ FLATRENDER_HOME: path.join(file, 'below') }, [], /^HOME_UNUSABLE: .*it is a file, or below one/m],
      [{}, ['--services=identity,nothing'], /^COMMAND_WRONG: .*there is no service nothing/m],
      [{}, ['--services=gateway'], /^SETTING_INVALID: .*FLATRENDER_IDENTITY_URL/m],
      [{}, ['--services=identity,gateway'], /^SETTING_INVALID: .*FLATRENDER_CONTENT_URL/m],
    ]
    if (process.platform === 'linux')
      cases.push([{ FLATRENDER_HOME: '/proc/nope' }, [], /^HOME_UNUSABLE: .*\/proc\/nope/m])
    await Promise.all(
      cases.map(([environment, argv, expected]) =>
        assertRefused(runServer({ FLATRENDER_HOME: home, ...environment }, ...argv), expected),
      ),
    )
    assert.equal((await fetch(`${await urlOf(server)}/readyz`)).status, 200)
  } finally {
    assert.equal(await server.stop(), 0, server.output())
    await remove()
  }
})

test('without its secret key an installation is refused, not given another; PostgreSQL does not stay behind', async () => {
  const { home, remove } = await makeHome()
  try {
    const first = runServer({ FLATRENDER_HOME: home })
    await urlOf(first)
    assert.equal(await first.stop(), 0)
    const file = path.join(home, 'secret.key')
    const key = await readFile(file, 'utf8')

    await rm(file)
    await assertRefused(runServer({ FLATRENDER_HOME: home }), /^SECRET_KEY_MISSING: .*Put secret\.key back/m)
    assert.ok(!(await readdir(home)).includes('secret.key'))

    await writeFile(file, 'A'.repeat(43))
    await assertRefused(runServer({ FLATRENDER_HOME: home }), /^SECRET_KEY_DIFFERS: /m)
    assert.ok(!(await readdir(path.join(home, 'postgres'))).includes('postmaster.pid'))
    assert.equal(await isAnybodyIn(home), false)

    await writeFile(file, key)
    const again = runServer({ FLATRENDER_HOME: home })
    await urlOf(again)
    assert.equal(await again.stop(), 0)
  } finally {
    await remove()
  }
})

test('a port that is taken and a bucket that is missing are told before a database is made', async () => {
  const taken = createServer()
  await once(taken.listen(0, '127.0.0.1'), 'listening')
  const { port } = taken.address() as AddressInfo
  const s3 = await startTestS3()
  const { home, remove } = await makeHome()
  try {
    const FLATRENDER_HOME = home
    const busy = { FLATRENDER_HOME, FLATRENDER_INTERNAL_PORT: String(port) }
    const bucket = { ...s3.settings, FLATRENDER_S3_PATH_STYLE: 'true', FLATRENDER_S3_BUCKET: 'nowhere' }
    const cases: [NodeJS.ProcessEnv, string[], RegExp][] = [
      [{ FLATRENDER_HOME, FLATRENDER_PORT: String(port) }, [], /^PORT_TAKEN: /m],
      [busy, ['--services=content'], /^PORT_TAKEN: /m],
      [busy, ['--services=file'], /^SETTING_INVALID: .*FLATRENDER_IDENTITY_URL/m],
      [busy, ['--services=identity'], /^SETTING_INVALID: .*FLATRENDER_CONTENT_URL/m],
      [{ FLATRENDER_HOME, ...bucket }, [], /^STORAGE_\w+: /m],
    ]
    for (const [environment, argv, expected] of cases) {
      const server = runServer(environment, ...argv)
      await assertRefused(server, expected)
      assert.doesNotMatch(server.output(), /password/)
      assert.ok(!(await readdir(home)).includes('postgres'))
    }
  } finally {
    taken.close()
    await s3.close()
    await remove()
  }
})

/** Mounts a file system for one process alone, where the system lets it. */
const mount = [
  'unshare',
  ...(process.getuid?.() === 0 ? ['--mount'] : ['--map-root-user', '--mount']),
] as const
const mayMount =
  process.platform === 'linux' &&
  spawnSync(mount[0], [...mount.slice(1), 'mount', '-t', 'tmpfs', 'none', '/mnt']).status === 0

const disks: [string, string, RegExp][] = [
  ['can only be read', 'ro', /^HOME_UNUSABLE: .*its disk can only be read/m],
  ['is full from the start', 'size=4k,nr_inodes=3', /^(HOME_DISK|STORAGE)_FULL: /m],
  ['is full before the database is made', 'size=8m', /^HOME_DISK_FULL: /m],
  ['is full before the schema is made', 'size=66m', /^HOME_DISK_FULL: /m],
]
for (const [words, options, expected] of disks)
  test(`a disk that ${words} is told in one sentence, and nothing stays behind`, {
    skip: !mayMount,
  }, async () => {
    const { home, remove } = await makeHome()
    try {
      await mkdir(path.join(home, 'disk'))
      const disk = path.join(home, 'disk')
      const script = 'mount -t tmpfs -o "$0" none "$1" && shift && exec "$@"'
      const through = [...mount, 'sh', '-c', script, options, disk]
      await assertRefused(runServerThrough(through, { FLATRENDER_HOME: disk }), expected)
      assert.equal(await isAnybodyIn(disk), false, execFileSync('ps', ['ax']).toString())
    } finally {
      await remove()
    }
  })
