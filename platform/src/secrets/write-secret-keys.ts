import { open, rename } from 'node:fs/promises'
import path from 'node:path'
import { nameUnfinished, sweepUnfinished } from '../files/unfinished.ts'
import type { SecretKeys } from './seal.ts'

/** Writes the keys to `secret.key` in the installation's folder: after a crash there are those before, or these. */
export async function writeSecretKeys(home: string, { present, former }: SecretKeys): Promise<void> {
  const file = path.join(home, 'secret.key')
  await sweepUnfinished(file)
  const unfinished = nameUnfinished(file)
  const handle = await open(unfinished, 'wx', 0o600)
  try {
    await handle.writeFile([present, ...former].map((key) => `${key.toString('base64url')}\n`).join(''))
    await handle.sync()
  } finally {
    await handle.close()
  }
  await rename(unfinished, file)
  await syncFolder(home)
}

/** The new name of a file is on the disk once its folder is. Windows has no such thing. */
async function syncFolder(folder: string): Promise<void> {
  if (process.platform === 'win32') return
  const handle = await open(folder)
  await handle.sync()
  await handle.close()
}
