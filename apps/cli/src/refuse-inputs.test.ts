import assert from 'node:assert/strict'
import { mkdir, readFile, symlink, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { after, before, test } from 'node:test'
import { openShell, type Shell } from './testbed/open-shell.ts'
import { DOT, makeAnimation, writeTemplate } from './testbed/write-template.ts'

let shell: Shell
let template = ''
before(async () => {
  shell = await openShell()
  template = await writeTemplate(shell.path('tiny'))
})
after(() => shell.close())

/** Runs a command that names one file twice: it is refused, and the file is as it was. */
async function assertKept(file: string, ...args: string[]): Promise<void> {
  const before = await readFile(file)
  const { code, notes } = await shell.run(...args)
  assert.equal(code, 2, notes)
  assert.ok(notes.startsWith('OUTPUT_IS_INPUT: Writing “'), notes)
  assert.ok(notes.includes(path.basename(file)), notes)
  assert.deepEqual(await readFile(file), before)
  assert.deepEqual(await shell.leftovers(), [])
}

test('a picture of the story, the template or an animation is not written over', async () => {
  const own = shell.path('own.png')
  await writeFile(own, DOT)
  const linked = shell.path('linked.png')
  await symlink(own, linked)
  const set = ['--set', `clip=${own}`]
  const still = ['snapshot', template, '--time', '0']
  await assertKept(own, ...still, ...set, '-o', own)
  await assertKept(own, ...still, ...set, '-o', linked)
  await assertKept(own, ...still, '--set', `clip=${linked}`, '-o', own)
  await assertKept(own, 'render', template, ...set, '-o', shell.path('out/a.mp4'), '--poster', own)
  await assertKept(own, 'template', 'preview', template, ...set, '-o', own)
  await assertKept(shell.path('tiny/i/dot.png'), ...still, '-o', shell.path('tiny/i/dot.png'))
  await assertKept(shell.path('tiny/i/dot.png'), 'template', 'pack', template, '-o', `${template}/i/dot.png`)
  const plain = shell.path('plain.json')
  await writeFile(plain, JSON.stringify(makeAnimation()))
  await assertKept(plain, 'render', plain, '--container', 'mp4', '-o', plain)
  await mkdir(shell.path('i'))
  await writeFile(shell.path('i/dot.png'), DOT)
  await assertKept(shell.path('i/dot.png'), 'snapshot', plain, '--time', '0', '-o', shell.path('i/dot.png'))
})

test('numbered pictures are not written over one that is used', async () => {
  const used = shell.path('frames.png/frame-000001.png')
  await mkdir(path.dirname(used))
  await writeFile(used, DOT)
  await assertKept(used, 'render', template, '--set', `clip=${used}`, '-o', path.dirname(used))
})

test('a data file, a table and the media of other rows are not written over', async () => {
  const clip = shell.path('clip.mp4')
  const made = await shell.run('render', template, '-o', clip, '--quality', 'draft')
  assert.equal(made.code, 0, made.notes)
  const data = shell.path('data.json')
  await writeFile(data, '{"title":"Hi"}')
  await assertKept(data, 'render', template, '--data', data, '--container', 'mp4', '-o', data)
  const rows = shell.path('rows.csv')
  await writeFile(rows, `title,clip\nclip,\nHo,clip.mp4\n${'far too long'.repeat(9)},\n`)
  await assertKept(clip, 'batch', template, rows, '-o', shell.path('{title}.mp4'))
  await writeFile(rows, 'title\nHi\nrows\n')
  await assertKept(rows, 'batch', template, rows, '--container', 'mp4', '-o', shell.path('{title}.csv'))
})
