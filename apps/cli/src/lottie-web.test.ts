import assert from 'node:assert/strict'
import { readFileSync, statSync } from 'node:fs'
import { glob } from 'node:fs/promises'
import { createRequire } from 'node:module'
import path from 'node:path'
import { after, before, test } from 'node:test'
import { isFlatRenderError } from '@flatrender/contracts/errors'
import { readLottie } from '@flatrender/engine-scene'
import { openShell, type Shell } from './testbed/open-shell.ts'

// Every JSON file of the lottie-web package, which is what designers' exports have looked like over ten years.

const folder = path.dirname(createRequire(import.meta.url).resolve('lottie-web/package.json'))
let shell: Shell
let animations: string[] = []
before(async () => {
  shell = await openShell()
  const files: string[] = []
  for await (const file of glob('**/*.json', { cwd: folder })) files.push(path.join(folder, file))
  animations = files.filter((file) => statSync(file).isFile() && isAnimation(file)).sort()
})
after(() => shell.close())

/** What is none must be refused by its code; anything else is a bug. */
function isAnimation(file: string): boolean {
  try {
    readLottie(readFileSync(file), file)
    return true
  } catch (error) {
    if (!isFlatRenderError(error, 'LOTTIE_INVALID')) throw error
    return false
  }
}

test('each animation is painted at its beginning, middle and end', async () => {
  assert.ok(animations.length >= 12, `${animations.length} animations`)
  for (const file of animations) {
    const { ip, op, fr } = readLottie(readFileSync(file), file)
    for (const share of [0, 0.5, 0.999]) {
      const time = String(((op - ip) * share) / fr)
      const { code, notes } = await shell.run(
        'snapshot',
        file,
        '--time',
        time,
        '--width',
        '96',
        '-o',
        shell.path('still.png'),
      )
      assert.equal(code, 0, `${path.relative(folder, file)} at ${time} s: ${notes}`)
    }
  }
})

test('each becomes a template that opens, is checked and can be painted', async () => {
  for (const [index, file] of animations.entries()) {
    const made = shell.path(`made-${index}`)
    const { code, notes } = await shell.run('template', 'init', file, '-o', made)
    assert.equal(code, 0, `${file}: ${notes}`)
    const checked = await shell.run('template', 'check', made, '--json')
    const codes = checked.printed.map((line) => JSON.parse(line).code)
    assert.ok(
      checked.printed.every((line) => !line.includes('BUG')),
      `${file}: ${checked.printed}`,
    )
    // What the package of lottie-web itself leaves out can't be painted.
    if (codes.includes('TEMPLATE_FILE_MISSING')) continue
    const still = await shell.run(
      'snapshot',
      made,
      '--time',
      '0.1',
      '--width',
      '96',
      '-o',
      shell.path('still.png'),
    )
    assert.equal(still.code, 0, `${file}: ${still.notes}`)
  }
})
