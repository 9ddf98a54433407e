import assert from 'node:assert/strict'
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { errorDefinitions } from '@flatrender/contracts/errors'
import { repositoryRoot } from '../repository/repository-root.ts'
import { writeErrorsPage } from './errors-page.ts'

const page = readFileSync(join(repositoryRoot, 'docs/reference/errors.md'), 'utf8')

test('documents every code with its sentence and remedy, and no other', () => {
  const codes = Object.keys(errorDefinitions).sort()
  const headings = [...page.matchAll(/^### (\w+)$/gm)].map((match) => match[1])
  assert.deepEqual(headings, codes)
  for (const [code, definition] of Object.entries(errorDefinitions)) {
    const section = page.slice(page.indexOf(`### ${code}\n`)).split(/\n##/)[0] ?? ''
    assert.ok(section.includes(definition.sentence), `${code} lacks its sentence`)
    assert.ok(section.includes(definition.remedy), `${code} lacks its remedy`)
  }
})

test('knows every code that a file of contracts/src/errors defines', () => {
  const folder = join(repositoryRoot, 'contracts/src/errors')
  const defined = readdirSync(folder)
    .map((name) => readFileSync(join(folder, name), 'utf8'))
    .flatMap((text) => [...text.matchAll(/^ {2}([A-Z][A-Z0-9_]+): \{$/gm)].map((match) => match[1]))
  assert.deepEqual(defined.sort(), Object.keys(errorDefinitions).sort())
})

test('says which failures may pass by themselves', () => {
  const text = writeErrorsPage({
    DISK_FULL: { status: 507, retryable: true, sentence: 'The disk is full.', remedy: 'Free some space.' },
  })
  assert.match(
    text,
    /## DISK\n\n### DISK_FULL\n\nThe disk is full\.\n\n\*Remedy:\* Free some space\.\n\nStatus 507, retryable\.\n$/,
  )
})
