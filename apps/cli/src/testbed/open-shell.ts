import { mkdir, mkdtemp, readdir, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { runCommand } from '../run-command.ts'

/** What a command printed, and how it ended. */
export interface Outcome {
  readonly code: number
  /** Results, a line each. */
  readonly printed: readonly string[]
  /** Notes and errors. */
  readonly notes: string
  /** What a terminal's live line showed. */
  readonly statuses: readonly string[]
}

/** A folder of its own in which command lines are run in this process. */
export interface Shell {
  readonly folder: string
  /** A file or folder in it. */
  path(name: string): string
  run(...args: string[]): Promise<Outcome>
  /** What lies in the output folder and among the temporary files. */
  leftovers(): Promise<string[]>
  close(): Promise<void>
}

/** As `bin/flatrender.mjs` has it for its workers. */
const NODE_COMPILE_CACHE = path.join(import.meta.dirname, '../../../../node_modules/.cache/compiled')

/** Opens a shell with an empty `out` folder and a workspace that nobody else has. */
export async function openShell(): Promise<Shell> {
  const folder = await mkdtemp(path.join(tmpdir(), 'flatrender-cli-'))
  await mkdir(path.join(folder, 'out'))
  const environment = {
    NODE_COMPILE_CACHE,
    ...process.env,
    FLATRENDER_HOME: path.join(folder, 'home'),
    FLATRENDER_WORKERS: '1',
  }
  return {
    folder,
    path: (name) => path.join(folder, name),
    async run(...args) {
      const printed: string[] = []
      const notes: string[] = []
      const statuses: string[] = []
      const console = {
        print: (text: string) => void printed.push(text),
        note: (text: string) => void notes.push(text),
        status: (text: string) => void statuses.push(text),
        terminal: false,
        columns: 80,
        ask: async () => undefined,
      }
      const { signal } = new AbortController()
      const code = await runCommand(['node', 'flatrender', ...args], { console, environment, folder, signal })
      return { code, printed, notes: notes.join('\n'), statuses }
    },
    async leftovers() {
      const scratch = await readdir(path.join(folder, 'home', 'scratch')).catch(() => [])
      return [...(await readdir(path.join(folder, 'out'))), ...scratch]
    },
    close: () => rm(folder, { recursive: true, force: true }),
  }
}
