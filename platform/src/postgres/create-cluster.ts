import { randomBytes } from 'node:crypto'
import { chown, mkdir, readdir, rename, rm, stat, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { ownerOfData, runProgram } from './run-program.ts'

/** The owner of an embedded server's databases. */
export const OWNER = 'flatrender'

/**
 * Makes the data folder of a server if there is none; a killed attempt leaves nothing that could be taken for one, and
 * what it left is removed. One at a time.
 */
export async function createCluster(folder: string, password: string): Promise<void> {
  await sweep(folder)
  if (await isCluster(folder)) return
  const unfinished = `${folder}${UNFINISHED}${randomBytes(4).toString('hex')}`
  const passwordFile = `${unfinished}.password`
  const owner = await ownerOfData()
  try {
    await mkdir(unfinished, { mode: 0o700 })
    await writeFile(passwordFile, `${password}\n`, { mode: 0o600 })
    if (owner !== undefined) for (const file of [unfinished, passwordFile]) await chown(file, owner, owner)
    await runProgram('initdb', [
      `--pgdata=${unfinished}`,
      `--username=${OWNER}`,
      `--pwfile=${passwordFile}`,
      '--auth=scram-sha-256',
      '--encoding=UTF8',
      // Sorting and upper case don't depend on the machine then; both are asked for by name where they matter.
      '--locale=C',
      '--no-instructions',
    ])
    await rename(unfinished, folder)
  } finally {
    await sweep(folder)
  }
}

const UNFINISHED = '.new-'

async function sweep(folder: string): Promise<void> {
  const parent = path.dirname(folder)
  for (const name of await readdir(parent))
    if (name.startsWith(`${path.basename(folder)}${UNFINISHED}`))
      // The dead one's initdb may still be writing: what it lacks ends it within moments.
      await rm(path.join(parent, name), { recursive: true, force: true, maxRetries: 20, retryDelay: 50 })
}

async function isCluster(folder: string): Promise<boolean> {
  return (await stat(path.join(folder, 'PG_VERSION')).catch(() => undefined)) !== undefined
}
