import { spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { repositoryRoot } from '../repository/repository-root.ts'
import type { Verdict } from './check.ts'

/**
 * Runs a program of JavaScript or TypeScript, given by its path in the repository, and takes what it printed as
 * the problems if it fails. Tools are started by file and not by name, so that the Node that runs us runs them.
 */
export function runNode(script: string, args: readonly string[] = []): Verdict {
  if (!existsSync(join(repositoryRoot, script))) return { problems: [`${script} is missing`] }
  const run = spawnSync(process.execPath, [script, ...args], {
    cwd: repositoryRoot,
    encoding: 'utf8',
    maxBuffer: 1 << 28,
    env: { ...process.env, NO_COLOR: '1', FORCE_COLOR: undefined },
  })
  if (run.status === 0) return { problems: [] }
  const printed = `${run.stdout}\n${run.stderr}`.split('\n').filter((line) => line.trim() !== '')
  return { problems: printed.length > 0 ? printed : [`${script} ended with ${run.status ?? run.signal}`] }
}
