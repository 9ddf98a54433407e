import { mkdirSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { makeReferencePages } from './reference/make-reference-pages.ts'
import { makeSchemaPage } from './reference/schema-page.ts'
import { repositoryRoot } from './repository/repository-root.ts'

// `npm run docs`: writes the generated pages of docs/reference; checks and tests compare them.

for (const page of [...(await makeReferencePages()), await makeSchemaPage()]) {
  const file = join(repositoryRoot, page.path)
  mkdirSync(dirname(file), { recursive: true })
  writeFileSync(file, page.text)
  console.log(page.path)
}
