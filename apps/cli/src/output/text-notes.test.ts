import assert from 'node:assert/strict'
import { writeFile } from 'node:fs/promises'
import { after, before, test } from 'node:test'
import { openShell, type Shell } from '../testbed/open-shell.ts'
import { makeAnimation, makeManifest, writeTemplate } from '../testbed/write-template.ts'

/** A title that becomes smaller at most by half, in a box as wide as five letters, along a path that isn't painted. */
const style = { s: 12, f: 'Sans', t: 'Hello', fc: [1, 1, 1], sz: [40, 20], ps: [0, -12] }
const title = {
  ty: 5,
  nm: 'Title',
  ind: 1,
  ip: 0,
  op: 12,
  st: 0,
  ks: {},
  t: { d: { k: [{ t: 0, s: style }], sid: 'title' }, a: [], p: { m: 0 } },
}
const slots = { title: { type: 'text', maxCharacters: 40, maxLines: 1, fit: 'shrink' } }

let shell: Shell
let template = ''
before(async () => {
  shell = await openShell()
  const [scene] = (makeManifest() as { scenes: object[] }).scenes
  template = await writeTemplate(shell.path('tiny'), {
    'flatrender.json': makeManifest({ scenes: [{ ...scene, slots }] }),
    'a/main.json': makeAnimation({ assets: [], layers: [title] }),
  })
})
after(() => shell.close())

const LETTERLESS = '\u{F0000}'
const design = [
  /^warning {2}TEXT_PATH_UNSUPPORTED: .*“main Title”.*straight line\. Convert/m,
  /^warning {2}FONT_NOT_IN_TEMPLATE: .*“main Title” asks for the font “Sans Regular”.* is used\. Put/m,
]

/** What a command says about a title; the design's findings are always there. */
async function notesOf(command: readonly string[], text: string): Promise<string> {
  const { code, notes } = await shell.run(...command, '--set', `title=${text}`)
  assert.equal(code, 0, notes)
  for (const finding of design) assert.match(notes, finding)
  return notes
}

test('render and snapshot say what is shrunk, what overflows, and which letters no font has', async () => {
  for (const command of [
    ['render', template, '-o', shell.path('out/a.mp4'), '--quality', 'draft'],
    ['snapshot', template, '-o', shell.path('out/a.png'), '--time', '0.5'],
  ]) {
    assert.doesNotMatch(await notesOf(command, 'Hi'), /main\.title/)
    assert.match(await notesOf(command, 'Hi there'), /^main\.title: “Hi there” is shrunk to \d\d %$/m)
    assert.match(
      await notesOf(command, 'Hi there, all of you in this room'),
      /^main\.title: “Hi there, all of you in this room” overflows even at \d+ %; shorten it$/m,
    )
    assert.match(await notesOf(command, `a${LETTERLESS}`), /^main\.title: no font has \u{F0000}$/mu)
  }
})

test('for machines every text is a line with its findings', async () => {
  const args = ['-o', shell.path('out/b.png'), '--time', '0.5', '--set', 'title=Ho there', '--json']
  const { printed } = await shell.run('snapshot', template, ...args)
  const [text, done] = printed.map((line) => JSON.parse(line))
  assert.deepEqual([text.type, text.scene, text.slot, text.fits], ['text', 'main', 'title', 'shrunk'])
  assert.deepEqual(text.findings.map(({ code }: { code: string }) => code).sort(), [
    'FONT_NOT_IN_TEMPLATE',
    'TEXT_PATH_UNSUPPORTED',
    'TEXT_SHRUNK',
  ])
  assert.equal(done.type, 'done')
  // What comes from the workspace was not compiled: there is nothing to say.
  const again = await shell.run('snapshot', template, ...args)
  assert.deepEqual(
    again.printed.map((line) => JSON.parse(line).type),
    ['done'],
  )
})

test('a batch says it with the row, and what is in the design once', async () => {
  await writeFile(shell.path('rows.csv'), 'title\nHi\nHi there\nHi again\n')
  const { code, notes } = await shell.run(
    'batch',
    template,
    shell.path('rows.csv'),
    '-o',
    shell.path('out/{row}.mp4'),
  )
  assert.equal(code, 0, notes)
  assert.match(notes, /^row 2: main\.title: “Hi there” is shrunk/m)
  assert.match(notes, /^row 3: main\.title: “Hi again” is shrunk/m)
  for (const finding of design) assert.equal(notes.match(new RegExp(finding, 'gm'))?.length, 1, notes)
})
