import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import type { TestProcess } from './plan-runs.ts'

/** Files for Node's runner, which starts a process for each. */
export interface Entries {
  of(processes: readonly TestProcess[]): Promise<string[]>
  close(): Promise<void>
}

/** Makes a folder for the entries of processes that run several test files; one file is its own entry. */
export async function openEntries(): Promise<Entries> {
  const folder = await mkdtemp(path.join(tmpdir(), 'flatrender-entries-'))
  const door = new URL('./run-together.ts', import.meta.url).href
  return {
    of: (processes) =>
      Promise.all(
        processes.map(async ({ name, files }) => {
          const [first = ''] = files
          if (files.length === 1) return first
          const entry = path.join(folder, `${name.replaceAll('/', '-')}.test.mjs`)
          const [from, list] = [door, files].map((value) => JSON.stringify(value))
          await writeFile(entry, `import { runTogether } from ${from}\nrunTogether(${list})\n`)
          return entry
        }),
      ),
    close: () => rm(folder, { recursive: true, force: true }),
  }
}
