import assert from 'node:assert/strict'
import { join } from 'node:path'
import { test } from 'node:test'
import { templates } from '../templates.ts'
import { buildPackage } from './build-package.ts'
import { comparePackage } from './compare-package.ts'
import { packagesFolder } from './read-emitted.ts'

for (const template of templates) {
  test(`${template.id}: the committed package is what its sources make`, async () => {
    const files = await buildPackage(template)
    assert.deepEqual(comparePackage(join(packagesFolder, template.id), files), [])
  })
}
