import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { makeReferencePages } from '../reference/make-reference-pages.ts'
import { repositoryRoot } from '../repository/repository-root.ts'
import type { Verdict } from './check.ts'

/** Compares the committed reference pages with what the code says now. */
export async function checkReferencePages(): Promise<Verdict> {
  const pages = await makeReferencePages()
  const drifted = pages.filter((page) => {
    const file = join(repositoryRoot, page.path)
    return !existsSync(file) || readFileSync(file, 'utf8') !== page.text
  })
  return { problems: drifted.map((page) => `${page.path} is not what the code says; run \`npm run docs\``) }
}
