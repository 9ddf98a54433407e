import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { buildPackage } from './package/build-package.ts'
import { comparePackage } from './package/compare-package.ts'
import { writePackage } from './package/write-package.ts'
import { templates } from './templates.ts'

const root = join(import.meta.dirname, '..')
const onlyCheck = process.argv.includes('--check')
const wanted = process.argv.slice(2).filter((argument) => !argument.startsWith('--'))

let drifted = false
for (const template of templates) {
  if (wanted.length > 0 && !wanted.includes(template.id)) continue
  const folder = join(root, template.id)
  mkdirSync(folder, { recursive: true })
  const files = await buildPackage(template)
  const findings = comparePackage(folder, files)
  for (const finding of findings) process.stdout.write(`${template.id}: ${finding}\n`)
  if (onlyCheck) drifted ||= findings.length > 0
  else if (findings.length > 0) writePackage(folder, files)
}
if (drifted) {
  process.stderr.write('The packages differ from their sources: run `npm run emit`.\n')
  process.exitCode = 1
}
