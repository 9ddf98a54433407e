import { mkdirSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { makeReferencePages } from './reference/make-reference-pages.ts'
import { repositoryRoot } from './repository/repository-root.ts'

// `npm run docs`: writes the generated pages of docs/reference; `npm run check` compares them.

for (const page of makeReferencePages()) {
  const file = join(repositoryRoot, page.path)
  mkdirSync(dirname(file), { recursive: true })
  writeFileSync(file, page.text)
  console.log(page.path)
}
