import assert from 'node:assert/strict'
import { writeFile } from 'node:fs/promises'
import { after, before, test } from 'node:test'
import { openShell, type Shell } from '../testbed/open-shell.ts'
import { makeAnimation } from '../testbed/write-template.ts'

let shell: Shell
before(async () => {
  shell = await openShell()
})
after(() => shell.close())

test('pictures that are not beside a plain animation are named', async () => {
  const file = shell.path('plain.json')
  await writeFile(file, JSON.stringify(makeAnimation()))
  for (const command of [
    ['render', file, '-o', shell.path('out/a.mp4')],
    ['snapshot', file, '-o', shell.path('out/a.png'), '--time', '0'],
  ]) {
    const told = await shell.run(...command)
    assert.equal(told.code, 0, told.notes)
    assert.match(
      told.notes,
      /^warning {2}LOTTIE_PICTURE_MISSING: “.*plain\.json” names .*“dot\.png”.*\. Put it/m,
    )
    const { printed } = await shell.run(...command, '--json')
    const finding = printed.map((line) => JSON.parse(line)).find(({ type }) => type === 'finding')
    assert.deepEqual([finding.code, finding.severity], ['LOTTIE_PICTURE_MISSING', 'warning'])
    assert.match(finding.message, /dot\.png/)
  }
})
