import assert from 'node:assert/strict'
import { writeFile } from 'node:fs/promises'
import { after, before, test } from 'node:test'
import { openShell, type Shell } from '../testbed/open-shell.ts'
import { writeTemplate } from '../testbed/write-template.ts'

let shell: Shell
let template = ''
before(async () => {
  shell = await openShell()
  template = await writeTemplate(shell.path('tiny'))
  await writeFile(shell.path('rows.csv'), 'title\nOne\nfar too many characters\nThree\nFour\nOne\n')
})
after(() => shell.close())

const batch = (...args: string[]) =>
  shell.run('batch', template, shell.path('rows.csv'), '-o', shell.path('out/{row}.mp4'), ...args)

test('a terminal shows the rows that are done, and where one of those in hand stands', async () => {
  const { code, statuses } = await batch('--quality', 'draft')
  assert.equal(code, 1)
  const lines = statuses.filter(Boolean)
  assert.ok(lines.length > 1, lines.join('\n'))
  for (const line of lines)
    assert.match(
      line,
      /^[█░]{10} {2}[0-4]\/5 videos {2}row [1345] {2}((sound|assembling|done) {2})?\d+\/12 frames/,
    )
  assert.ok(lines.some((line) => / {2}\d+ frames\/s/.test(line)))
  // The bar only grows, whatever the rows in hand are.
  const filled = lines.map((line) => line.lastIndexOf('█'))
  assert.deepEqual(
    filled,
    [...filled].sort((a, b) => a - b),
  )
  assert.equal(statuses.at(-1), '')
  const again = await batch('--quality', 'draft')
  assert.ok(again.statuses.some((line) => / {2}12\/12 frames {2}12 cached/.test(line)))
})

test('for machines progress comes as lines between those of rows', async () => {
  const { printed } = await batch('--quality', 'high', '--json')
  const lines = printed.map((line) => JSON.parse(line))
  const progress = lines.filter(({ type }) => type === 'progress')
  assert.ok(progress.length >= 3)
  for (const { row, rowsDone, rowsTotal, share, stage, framesTotal } of progress) {
    assert.ok(row >= 1 && row <= 5 && rowsDone <= 5 && share <= 1)
    assert.deepEqual([rowsTotal, framesTotal, typeof stage], [5, 12, 'string'])
  }
  assert.deepEqual(lines.filter(({ type }) => type === 'row').length, 4)
})
