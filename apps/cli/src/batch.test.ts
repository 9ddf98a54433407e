import assert from 'node:assert/strict'
import { mkdir, readdir, rm, writeFile } from 'node:fs/promises'
import { after, before, test } from 'node:test'
import { isFlatRenderError } from '@flatrender/contracts/errors'
import { nameOutputs } from './name-outputs.ts'
import { BrokenRow, readRows } from './read-rows.ts'
import { openShell, type Shell } from './testbed/open-shell.ts'
import { DOT, writeTemplate } from './testbed/write-template.ts'

let shell: Shell
let template = ''
before(async () => {
  shell = await openShell()
  template = await writeTemplate(shell.path('tiny'))
})
after(() => shell.close())

async function rowsOf(name: string, text: string | Uint8Array) {
  await writeFile(shell.path(name), text)
  return readRows(shell.path(name))
}
const batch = (rows: string, pattern: string, ...args: string[]) =>
  shell.run('batch', template, shell.path(rows), '-o', shell.path(pattern), ...args)

test('CSV is read with BOM, quotes, line breaks, empty cells and any script', async () => {
  const rows = await rowsOf(
    'a.csv',
    '\uFEFFname,"title, long"\r\n"الف","سلام، ""دنیا"""\r\n\r\nb,\r\n c ,"x\ny"\r\n',
  )
  assert.deepEqual(rows, [
    { name: 'الف', 'title, long': 'سلام، "دنیا"' },
    { name: 'b' },
    { name: 'c', 'title, long': 'x\ny' },
  ])
})

test('semicolons and tabs are known by the header line, whatever stands in its cells', async () => {
  const same: [string, string][] = [
    ['semicolons.csv', 'name;"title, long, longer"\r\nالف;"1,5"\r\n;b\r\n'],
    ['tabs.csv', '\uFEFFname\ttitle, long, longer\nالف\t1,5\n\tb\n'],
    ['commas.csv', 'name,"title, long, longer"\nالف,"1,5"\n,b\n'],
  ]
  for (const [name, text] of same)
    assert.deepEqual(
      await rowsOf(name, text),
      [{ name: 'الف', 'title, long, longer': '1,5' }, { 'title, long, longer': 'b' }],
      name,
    )
  assert.deepEqual(await rowsOf('one.csv', 'title\na;b\n'), [{ title: 'a;b' }])
  assert.deepEqual(await rowsOf('end.csv', 'a;b;;\n1;2;;\n'), [{ a: '1', b: '2' }])
})

test('JSON lines are read, and an array as well', async () => {
  assert.deepEqual(await rowsOf('a.jsonl', '\uFEFF{"a":1}\r\n\n {"b":{"src":"x"}}'), [
    { a: 1 },
    { b: { src: 'x' } },
  ])
  assert.deepEqual(await rowsOf('a.json', '[\n{"a":1},{"a":2}\n]'), [{ a: 1 }, { a: 2 }])
})

test('a row that cannot be read says which and why, and the others are read', async () => {
  const broken: [string, string, RegExp, object][] = [
    ['x.jsonl', '{"a":1}\n{', /^line 2 is no JSON/, { a: 1 }],
    ['x.jsonl', '{"a":1}\n[]', /^line 2 is not an object/, { a: 1 }],
    ['x.json', '[{"a":1},1]', /^entry 2 is not an object/, { a: 1 }],
    ['x.csv', 'a,b\n1,2\n1,2,3\n', /^line 3 has 3 cells, the header 2/, { a: '1', b: '2' }],
    ['x.csv', 'a;b\n1;2\n1\n', /^line 3 has 1 cells, the header 2/, { a: '1', b: '2' }],
  ]
  for (const [name, text, reason, whole] of broken) {
    const [first, second] = await rowsOf(name, text)
    assert.deepEqual(first, whole)
    assert.ok(second instanceof BrokenRow && reason.test(second.reason), text)
  }
})

test('a table that cannot be read says where', async () => {
  const latin = (text: string) => Buffer.from(text, 'latin1')
  const wrong: [string, string | Uint8Array, RegExp][] = [
    ['x.csv', 'a\n"open\n', /./],
    ['x.csv', 'a,b\n', /there is none/],
    ['x.csv', 'a,b, a\n1,2,3\n', /two columns are called “a”/],
    ['x.csv', latin('a\nb\ncafé\nd'), /line 3 is not UTF-8/],
    ['x.csv', latin('é'), /line 1 is not UTF-8/],
    ['x.csv', Buffer.from('\uFEFFa\nb', 'utf16le'), /line 1 is not UTF-8/],
    ['x.jsonl', latin('{"a":1}\n{"a":"é"}'), /line 2 is not UTF-8/],
  ]
  for (const [name, text, about] of wrong)
    await assert.rejects(
      rowsOf(name, text),
      (error) => isFlatRenderError(error, 'ROWS_UNREADABLE') && about.test(error.message),
      String(text),
    )
  await assert.rejects(readRows(shell.path('none.csv')), (error) =>
    isFlatRenderError(error, 'ROWS_UNREADABLE'),
  )
})

test('outputs are named by columns, with nothing in them that a file system refuses', () => {
  const names = (pattern: string, ...rows: object[]) => nameOutputs(pattern, rows as never)
  assert.deepEqual(names('o/{name}-{row}.mp4', { name: 'a' }, { name: 'a' }), ['o/a-1.mp4', 'o/a-2.mp4'])
  assert.deepEqual(
    names(
      '{n}.mp4',
      { n: '../../etc/passwd' },
      { n: 'a/b\\c:d*?"<>|\n' },
      { n: ' .. ' },
      { n: 'سلام دنیا' },
      { n: '$&' },
    ),
    ['_.._etc_passwd.mp4', 'a_b_c_d_______.mp4', '_.mp4', 'سلام دنیا.mp4', '$&.mp4'],
  )
  const [long] = names('{n}.mp4', { n: '👩‍🚀'.repeat(200) })
  assert.ok(Buffer.byteLength(long!) < 200 && long!.isWellFormed())
  assert.throws(
    () => names('{n}.mp4', { n: 'a' }, { n: 'a' }),
    (error) => isFlatRenderError(error, 'ROW_OUTPUT_TAKEN'),
  )
  assert.throws(
    () => names('{x}.mp4', { n: 'a' }),
    (error) => isFlatRenderError(error, 'ROW_COLUMN_MISSING') && /n, row/.test(error.remedy),
  )
})

test('a bad row is reported and the others are rendered', async () => {
  await writeFile(
    shell.path('rows.csv'),
    '\uFEFFname,title,strength\nیک,"سلام ""ها""",\nb,far too many characters,\nc,Hi,50\nd,Hi,much\nalone\n',
  )
  const { code, printed } = await batch('rows.csv', 'out/{name}.mp4', '--json')
  assert.equal(code, 1)
  const lines = printed.map((line) => JSON.parse(line))
  const errors = lines.filter(({ type }) => type === 'row-error').sort((a, b) => a.row - b.row)
  assert.deepEqual(
    errors.map(({ row, code: name }) => [row, name]),
    [
      [2, 'SLOT_TEXT_TOO_LONG'],
      [4, 'SLOT_VALUE_INVALID'],
      [5, 'ROW_UNREADABLE'],
    ],
  )
  assert.deepEqual(
    lines
      .filter(({ type }) => type === 'row')
      .map(({ row }) => row)
      .sort(),
    [1, 3],
  )
  const done = lines.at(-1)
  assert.deepEqual([done.type, done.videos, done.failed], ['done', 2, 3])
  assert.deepEqual((await shell.leftovers()).sort(), ['c.mp4', 'یک.mp4'])
  for (const name of await readdir(shell.path('out'))) await rm(shell.path(`out/${name}`))
})

test('JSON lines make a batch, too; people get sentences', async () => {
  await writeFile(shell.path('rows.jsonl'), '{"title":"Hi"}\n{"title":{"text":"Ho","direction":"up"}}\n')
  const { code, notes } = await batch('rows.jsonl', 'out/{row}.webm', '--quality', 'draft')
  assert.equal(code, 1)
  assert.match(notes, /row 2: SLOT_VALUE_INVALID: .*\n[\s\S]*1 videos?, 1 failed/)
  assert.deepEqual(await shell.leftovers(), ['1.webm'])
  await rm(shell.path('out/1.webm'))
})

test('paths in rows start at the folder of their file', async () => {
  await mkdir(shell.path('table'))
  await writeFile(shell.path('table/dot.png'), DOT)
  await writeFile(shell.path('table/rows.csv'), 'title;main.clip\nHi;dot.png\nHo;\n')
  await writeFile(shell.path('table/rows.jsonl'), '{"clip":{"src":"./dot.png","fit":"contain"}}\n')
  for (const rows of ['table/rows.csv', 'table/rows.jsonl']) {
    const { code, notes } = await batch(rows, 'out/{row}.mp4', '--quality', 'draft')
    assert.equal(code, 0, notes)
  }
  await writeFile(shell.path('rows.csv'), 'clip\ndot.png\n')
  const { notes } = await batch('rows.csv', 'out/{row}.mp4')
  assert.ok(notes.includes(`row 1: MEDIA_NOT_FOUND: The file “${shell.path('dot.png')}”`), notes)
  for (const name of await readdir(shell.path('out'))) await rm(shell.path(`out/${name}`))
})

test('a batch whose outputs or rows cannot be does not begin', async () => {
  await writeFile(shell.path('twice.csv'), 'title\nHi\nHo\n')
  for (const [pattern, code] of [
    ['out/a.mp4', 'ROW_OUTPUT_TAKEN'],
    ['out/{nme}.mp4', 'ROW_COLUMN_MISSING'],
    ['out/{row}.avi', 'OUTPUT_FORMAT_UNKNOWN'],
  ] as const) {
    const outcome = await batch('twice.csv', pattern)
    assert.equal(outcome.code, 2)
    assert.match(outcome.notes, new RegExp(`^${code}: `))
  }
  assert.deepEqual(await shell.leftovers(), [])
})
