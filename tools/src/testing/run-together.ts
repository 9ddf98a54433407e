import path from 'node:path'
import { suite } from 'node:test'
import { pathToFileURL } from 'node:url'
import { repositoryRoot } from '../repository/repository-root.ts'

/** Runs test files in this process, one after the other: each is a suite of its path, with hooks of its own. */
export function runTogether(files: readonly string[]): void {
  for (const file of files)
    suite(file, async () => {
      await import(pathToFileURL(path.join(repositoryRoot, file)).href)
    })
}
