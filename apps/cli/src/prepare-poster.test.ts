import assert from 'node:assert/strict'
import { readdir, readFile } from 'node:fs/promises'
import { after, before, test } from 'node:test'
import { openShell, type Shell } from './testbed/open-shell.ts'
import { writeTemplate } from './testbed/write-template.ts'

let shell: Shell
let template = ''
before(async () => {
  shell = await openShell()
  template = await writeTemplate(shell.path('tiny'))
})
after(() => shell.close())

const render = (poster: string, ...more: string[]) =>
  shell.run(
    'render',
    template,
    '-o',
    shell.path('out/video.mp4'),
    '--quality',
    'draft',
    '--poster',
    poster,
    ...more,
  )

test('a poster is the scene’s best moment, as a snapshot of it is', async () => {
  const { code, notes } = await render(shell.path('out/poster.png'))
  assert.equal(code, 0, notes)
  const manifest = JSON.parse(await readFile(`${template}/flatrender.json`, 'utf8')) as {
    fps: number
    scenes: { snapshotFrame: number }[]
  }
  const time = String((manifest.scenes[0]?.snapshotFrame ?? 0) / manifest.fps)
  const background = ['--background', '#000000']
  await shell.run('snapshot', template, '--time', time, ...background, '-o', shell.path('out/still.png'))
  const [poster, still] = ['poster.png', 'still.png'].map((name) => readFile(shell.path(`out/${name}`)))
  assert.ok((await poster)?.equals((await still)!))
})

test('a plain animation’s poster is its middle, at the video’s size', async () => {
  const [animation] = (await readdir(`${template}/a`)).map((name) => `${template}/a/${name}`)
  const size = ['--resolution', '48x32', '--json']
  const args = [
    'render',
    animation!,
    '-o',
    shell.path('out/plain.mp4'),
    '--poster',
    shell.path('out/plain.jpg'),
  ]
  const { code, printed, notes } = await shell.run(...args, ...size)
  assert.equal(code, 0, notes)
  assert.equal((JSON.parse(printed.at(-1)!) as { poster: string }).poster, shell.path('out/plain.jpg'))
  const jpeg = await readFile(shell.path('out/plain.jpg'))
  const frame = jpeg.indexOf(Buffer.from([0xff, 0xc0]))
  assert.deepEqual([jpeg.readUInt16BE(frame + 7), jpeg.readUInt16BE(frame + 5)], [48, 32])
})

test('a poster that cannot be written is refused before the render', async () => {
  for (const [poster, code] of [
    [shell.path('out/poster.bmp'), /OUTPUT_FORMAT_UNKNOWN/],
    [shell.path('nowhere/poster.png'), /OUTPUT_FOLDER_MISSING/],
  ] as const) {
    const before = await shell.leftovers()
    const outcome = await render(poster, '--resolution', '96x96')
    assert.equal(outcome.code, 2)
    assert.match(outcome.notes, code)
    assert.deepEqual(await shell.leftovers(), before)
  }
})

test('a poster in the video’s place is refused', async () => {
  const file = shell.path('out/moving.webp')
  const { code, notes } = await shell.run('render', template, '-o', file, '--poster', file)
  assert.equal(code, 2)
  assert.match(notes, /^OUTPUT_UNWRITABLE: .*moving\.webp.*the video itself is to lie there/)
})
