import { spawn } from 'node:child_process'
import type { Writable } from 'node:stream'
import { repositoryRoot } from '../repository/repository-root.ts'

/** Where a program's words go, and what it finds in its environment: our terminal and our own, unless told. */
export interface RunOptions {
  readonly environment?: NodeJS.ProcessEnv
  readonly output?: Writable
}

/**
 * Runs a program with our Node in the repository, and gives its exit code. Ctrl-C reaches it as well as us; we wait, so
 * that nothing is left running behind a prompt.
 */
export async function runInherited(
  words: readonly string[],
  { environment = process.env, output }: RunOptions = {},
): Promise<number> {
  const child = spawn(process.execPath, words, {
    cwd: repositoryRoot,
    stdio: output === undefined ? 'inherit' : ['inherit', 'pipe', 'pipe'],
    env: environment,
  })
  if (output !== undefined)
    for (const said of [child.stdout, child.stderr]) said?.pipe(output, { end: false })
  const ignore = () => {}
  const end = () => child.kill('SIGTERM')
  process.on('SIGINT', ignore).on('SIGTERM', end)
  try {
    return await new Promise<number>((resolve, reject) => {
      child.on('error', reject)
      // Not at its exit: what it said last may still be on its way.
      child.on('close', (code, signal) => resolve(code ?? (signal === 'SIGINT' ? 130 : 1)))
    })
  } finally {
    process.off('SIGINT', ignore).off('SIGTERM', end)
  }
}
