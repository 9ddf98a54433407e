import { readdir, readFile } from 'node:fs/promises'
import path from 'node:path'
import { withClient } from './connect.ts'

const FOLDER = path.join(import.meta.dirname, '../seeds')

/**
 * Puts in what must be there from the start. Each file is a service's and is run as its system role, in one transaction;
 * what is there already is left as it is.
 */
export async function runSeeds(urlOf: (role: string) => string): Promise<void> {
  const files = (await readdir(FOLDER)).filter((file) => file.endsWith('.sql')).sort()
  for (const file of files) {
    const service = path.basename(file, '.sql')
    const sql = await readFile(path.join(FOLDER, file), 'utf8')
    await withClient(urlOf(`flatrender_${service}_system`), (client) => client.query(sql))
  }
}
