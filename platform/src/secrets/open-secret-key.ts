import { randomBytes } from 'node:crypto'
import { link, mkdir, readFile, rm, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { FlatRenderError } from '@flatrender/contracts/errors'
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
  await mkdir(path.dirname(file), { recursive: true })
  await sweepUnfinished(file)
  const known = await readFile(file, 'utf8').catch(() => undefined)
  if (known !== undefined) return parseSecretKey(known, file)
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
  return parseSecretKey(await readFile(file, 'utf8'), file)
}

/**
 * An installation's key: the one in its settings, else that of `secret.key` in its folder, made when it is first asked
 * for. Errors: SECRET_KEY_INVALID.
 */
export async function openSecretKey(home: string, setting: string | undefined): Promise<Buffer> {
  return setting === undefined
    ? openSecretKeyFile(path.join(home, 'secret.key'))
    : parseSecretKey(setting, 'FLATRENDER_SECRET_KEY')
}
