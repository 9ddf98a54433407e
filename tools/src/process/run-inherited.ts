import { spawn } from 'node:child_process'
import { repositoryRoot } from '../repository/repository-root.ts'

/**
 * Runs a program with our Node in the repository, on our terminal, and gives its exit code. Ctrl-C reaches it as well
 * as us; we wait, so that nothing is left running behind a prompt.
 */
export async function runInherited(words: readonly string[], environment = process.env): Promise<number> {
  const child = spawn(process.execPath, words, {
    cwd: repositoryRoot,
    stdio: 'inherit',
    env: environment,
  })
  const ignore = () => {}
  const end = () => child.kill('SIGTERM')
  process.on('SIGINT', ignore).on('SIGTERM', end)
  try {
    return await new Promise<number>((resolve, reject) => {
      child.on('error', reject)
      child.on('exit', (code, signal) => resolve(code ?? (signal === 'SIGINT' ? 130 : 1)))
    })
  } finally {
    process.off('SIGINT', ignore).off('SIGTERM', end)
  }
}
