import { createHash } from 'node:crypto'
import { readdir, readFile } from 'node:fs/promises'
import path from 'node:path'
import { openTestDatabase as open, type TestDatabase } from '@flatrender/platform/testkit'
import { prepareDatabase } from '../prepare-database.ts'
import { derivePassword } from '../role-password.ts'

/** Everybody knows it: roles belong to the server, which all test processes share. */
const SECRET_KEY = createHash('sha256').update('tests').digest()

/** A fresh database with everything in it that `init-db` puts there, for one test file. */
export async function openTestDatabase(): Promise<TestDatabase> {
  return open({
    version: await hashPackage(path.join(import.meta.dirname, '../..')),
    prepare: async (ownerUrl) => void (await prepareDatabase({ ownerUrl, secretKey: SECRET_KEY })),
    passwordOf: (role) => derivePassword(SECRET_KEY, role),
  })
}

/** All that makes a database: the files of this package, which name the version of the queue too. */
async function hashPackage(folder: string): Promise<string> {
  const hash = createHash('sha256')
  for (const name of (await readdir(folder, { recursive: true })).sort())
    if (/[.](sql|ts|json)$/.test(name) && !/[.]test[.]ts$|node_modules/.test(name))
      hash.update(`${name}\n`).update(await readFile(path.join(folder, name)))
  return hash.digest('hex').slice(0, 16)
}
