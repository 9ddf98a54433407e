import { randomBytes } from 'node:crypto'
import { link, readFile, rm, stat, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { FlatRenderError } from '@flatrender/contracts/errors'
import { guardHome } from '../files/guard-home.ts'
import { makeFolder } from '../files/make-folder.ts'
import { nameUnfinished, sweepUnfinished } from '../files/unfinished.ts'

/** Bytes of a secret key. */
const KEY_BYTES = 32

/** Reads a key as it stands in a setting or a file: 32 bytes in base64 or base64url. Errors: SECRET_KEY_INVALID. */
export function parseSecretKey(text: string, place: string): Buffer {
  const key = Buffer.from(text.trim(), 'base64')
  if (key.length !== KEY_BYTES) throw new FlatRenderError('SECRET_KEY_INVALID', { place })
  return key
}

/**
 * The key in a file that only its owner may read; makes one if there is none. Many processes may ask at once: all get
 * the same. Errors: SECRET_KEY_INVALID.
 */
export async function openSecretKeyFile(file: string): Promise<Buffer> {
  await makeFolder(path.dirname(file))
  await sweepUnfinished(file)
  const known = await readKnown(file)
  if (known !== undefined) return parseFirst(known, file)
  const fresh = randomBytes(KEY_BYTES).toString('base64url')
  const unfinished = nameUnfinished(file)
  await writeFile(unfinished, `${fresh}\n`, { mode: 0o600 })
  try {
    // Unlike renaming, this leaves a key that another process has made meanwhile.
    await link(unfinished, file)
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error
  } finally {
    await rm(unfinished)
  }
  return parseFirst(await readFile(file, 'utf8'), file)
}

/** While the key is changed, the file holds the new one and below it the old. */
function parseFirst(text: string, file: string): Buffer {
  return parseSecretKey(text.trim().split(/\s+/)[0] ?? '', file)
}

/** What stands in the file of a key; undefined where there is none. One that may not be read is no missing one. */
export async function readKnown(file: string): Promise<string | undefined> {
  try {
    return await readFile(file, 'utf8')
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined
    throw error
  }
}

/**
 * An installation's key: the one in its settings, else that of `secret.key` in its folder, made when it is first asked
 * for. Errors: SECRET_KEY_INVALID, SECRET_KEY_MISSING where the folder holds a database that was made with one,
 * HOME_UNUSABLE, HOME_DISK_FULL.
 */
export async function openSecretKey(home: string, setting: string | undefined): Promise<Buffer> {
  const known = await readSecretKey(home, setting)
  return known ?? guardHome(home, () => openSecretKeyFile(path.join(home, 'secret.key')))
}

/** The same where there is one; makes none. Errors: as `openSecretKey`. */
export async function readSecretKey(home: string, setting: string | undefined): Promise<Buffer | undefined> {
  if (setting !== undefined) return parseSecretKey(setting, 'FLATRENDER_SECRET_KEY')
  return guardHome(home, async () => {
    const file = path.join(home, 'secret.key')
    // The key is older than the database: where that is looked for first, both at once can't look like a lost key.
    const made = await isThere(path.join(home, 'postgres', 'PG_VERSION'))
    const known = await readKnown(file)
    if (made && known === undefined) throw new FlatRenderError('SECRET_KEY_MISSING', { folder: home })
    return known === undefined ? undefined : parseFirst(known, file)
  })
}

async function isThere(file: string): Promise<boolean> {
  return (await stat(file).catch(() => undefined)) !== undefined
}
