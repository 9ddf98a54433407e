import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { STARTERS } from '../../testbed/open-testbed.ts'

/** A folder of a test's own with one starter template in it. */
export interface CopiedStarter {
  readonly folder: string
  /** Changes its manifest. */
  change(changes: object): Promise<void>
  remove(): Promise<void>
}

/** Copies the smallest of the starters. */
export async function copyStarter(): Promise<CopiedStarter> {
  const folder = await mkdtemp(path.join(tmpdir(), 'flatrender-starters-'))
  const place = path.join(folder, 'kinetic-quote')
  await cp(path.join(STARTERS, 'kinetic-quote'), place, { recursive: true })
  const file = path.join(place, 'flatrender.json')
  return {
    folder,
    async change(changes) {
      await writeFile(file, JSON.stringify({ ...JSON.parse(await readFile(file, 'utf8')), ...changes }))
    },
    remove: () => rm(folder, { recursive: true }),
  }
}
