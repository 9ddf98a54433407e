import assert from 'node:assert/strict'
import { readFileSync, statSync } from 'node:fs'
import { glob } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { availableParallelism } from 'node:os'
import path from 'node:path'
import { after, before, test } from 'node:test'
import { isFlatRenderError } from '@flatrender/contracts/errors'
import { openWorkerPool, openWorkspace, prepareLottie, render } from '@flatrender/engine-render'
import { readLottie } from '@flatrender/engine-scene'
import { openShell, type Shell } from './testbed/open-shell.ts'

// Every JSON file of the lottie-web package, which is what designers' exports have looked like over ten years.

const folder = path.dirname(createRequire(import.meta.url).resolve('lottie-web/package.json'))
/** Pixels of the videos; all of them took 5 s on two cores. */
const WIDTH = 320

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

test('each is rendered whole: none is refused, and no frame is missing', async () => {
  assert.ok(animations.length >= 12, `${animations.length} animations`)
  const workers = availableParallelism()
  const workspace = await openWorkspace(shell.path('engine'))
  const pool = openWorkerPool({
    workers,
    environment: process.env,
    memoryLimit: 3e9,
    hangTimeout: 60_000,
    attempts: 1,
    onCrash: async ({ reason }) => reason,
  })
  const { signal } = new AbortController()
  const given = { workspace, pool, workers, cacheLimit: 1e9, verify: 'key', digest: false, signal } as const
  try {
    for (const [index, file] of animations.entries()) {
      const { ip, op, fr, w, h } = readLottie(readFileSync(file), file)
      const resolution = `${WIDTH}x${Math.round((WIDTH * h) / w)}`
      const prepared = await prepareLottie({
        file,
        output: { container: 'mp4', quality: 'draft', resolution },
      })
      const output = shell.path(`whole-${index}.mp4`)
      const { frames, painted, cached } = await render(prepared, { ...given, output, onProgress: () => {} })
      const whole = Math.round(((op - ip) / fr) * Math.min(60, fr))
      assert.deepEqual([frames, painted + cached], [whole, whole], file)
      assert.ok(statSync(output).size > 0, file)
    }
  } finally {
    await pool.close()
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
