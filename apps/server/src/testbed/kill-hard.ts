import { once } from 'node:events'
import { readFile } from 'node:fs/promises'
import path from 'node:path'
import type { ServerProcess } from './run-server.ts'

/** Kills a process as a power cut does. */
export async function killHard({ child }: ServerProcess): Promise<void> {
  const gone = once(child, 'exit')
  child.kill('SIGKILL')
  await gone
}

/** The process of the PostgreSQL that comes along with an installation. */
export async function findPostgres(home: string): Promise<number> {
  const [pid] = (await readFile(path.join(home, 'postgres', 'postmaster.pid'), 'utf8')).split('\n')
  return Number(pid)
}
