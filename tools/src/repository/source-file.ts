import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { listWorkspaces } from './list-workspaces.ts'
import { walkFiles } from './walk-files.ts'

/** A file of ours with its text. */
export interface SourceFile {
  /** Relative to the repository, with forward slashes. */
  readonly path: string
  readonly text: string
}

/** Is this a test, rather than what is tested? */
export function isTest(path: string): boolean {
  return path.endsWith('.test.ts')
}

/** Is this a test, or in a folder that holds what tests are made of? */
export function servesTests(path: string): boolean {
  return isTest(path) || /\/(corpus|fixtures|testbed|testcard)\//.test(path)
}

/** The TypeScript of all workspaces, tests included, declarations of other people's packages not. */
export function readSources(root: string): SourceFile[] {
  return listWorkspaces(root)
    .flatMap((folder) => walkFiles(root, folder))
    .filter((path) => path.endsWith('.ts') && !path.endsWith('.d.ts'))
    .map((path) => ({ path, text: readFileSync(join(root, path), 'utf8') }))
}
