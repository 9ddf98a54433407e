import assert from 'node:assert/strict'
import { readFile, rm, symlink, truncate, writeFile } from 'node:fs/promises'
import { after, before, test } from 'node:test'
import { packTemplate, readArchive } from '@flatrender/engine-scene'
import { type Outcome, openShell, type Shell } from './testbed/open-shell.ts'
import { DOT, makeAnimation, makeManifest, writeTemplate } from './testbed/write-template.ts'

let shell: Shell
let template = ''
before(async () => {
  shell = await openShell()
  template = await writeTemplate(shell.path('tiny'))
})
after(() => shell.close())

/** Exit code 2, the code, what is wrong, what to do; and nothing is left behind. */
async function assertRefused(outcome: Outcome, code: string, about: RegExp): Promise<void> {
  const line = outcome.notes.split('\n').find((note) => note.startsWith(`${code}: `))
  assert.ok(line !== undefined, `${code} expected: ${outcome.notes.slice(0, 400)}`)
  assert.match(line, about)
  assert.doesNotMatch(line, /\{\w+\}|undefined|\[object/)
  assert.ok(line.split(/[.?] /).length >= 2, `a remedy: ${line}`)
  assert.equal(outcome.code, 2)
  assert.deepEqual(await shell.leftovers(), [])
}
const render = (location: string, ...args: string[]) =>
  shell.run('render', location, '-o', shell.path('out/a.mp4'), ...args)
const set = (value: string) => render(template, '--set', value)
async function data(modifications: unknown): Promise<Outcome> {
  const file = shell.path('data.json')
  await writeFile(file, typeof modifications === 'string' ? modifications : JSON.stringify(modifications))
  return render(template, '--data', file)
}

test('templates that are not there, cut off, altered, or no templates', async () => {
  await assertRefused(await render(shell.path('nowhere')), 'TEMPLATE_NOT_FOUND', /nowhere/)
  const archive = packTemplate(new Map([['flatrender.json', Buffer.from(JSON.stringify(makeManifest()))]]))
  const file = shell.path('t.lottie')
  const tries: [Uint8Array, string, RegExp][] = [
    [archive.subarray(0, archive.length / 2), 'TEMPLATE_UNREADABLE', /no directory at its end/],
    [
      archive.map((byte, at) => (at === 60 ? byte ^ 255 : byte)),
      'TEMPLATE_UNREADABLE',
      /flatrender.json” is damaged/,
    ],
    [new Uint8Array(), 'TEMPLATE_UNREADABLE', /t\.lottie/],
    [archive, 'TEMPLATE_FILE_MISSING', /a\/main.json/],
    [packTemplate(new Map([['a/x.json', DOT]])), 'TEMPLATE_MANIFEST_MISSING', /no flatrender.json/],
    [packTemplate(new Map([['../x', DOT]])), 'TEMPLATE_PATH_UNSAFE', /“\.\.\/x”, which leads out/],
    [bomb(), 'TEMPLATE_TOO_LARGE', /512 MiB/],
  ]
  for (const [bytes, code, about] of tries) {
    await writeFile(file, bytes)
    await assertRefused(await render(file), code, about)
  }
  assert.equal(readArchive(archive, 'x').size, 1)
  // A hole in the file: the size is there, the bytes are not.
  await truncate(file, 2 ** 40)
  await assertRefused(await render(file), 'TEMPLATE_TOO_LARGE', /itself has 1099511627776 bytes/)
  await rm(file)
})

/** An archive whose directory promises four gigabytes. */
function bomb(): Uint8Array {
  const archive = packTemplate(new Map([['a', new Uint8Array(9)]]))
  const view = new DataView(archive.buffer)
  view.setUint32(view.getUint32(archive.length - 6, true) + 24, 2 ** 32 - 2, true)
  return archive
}

test('folders with links, manifests of another version, animations that are none or reach outside', async () => {
  const linked = await writeTemplate(shell.path('linked'))
  await symlink('/etc/passwd', shell.path('linked/i/link.png'))
  await assertRefused(await render(linked), 'TEMPLATE_PATH_UNSAFE', /i\/link.png”, which is a link/)
  const changed: [Record<string, object>, string, RegExp][] = [
    [{ 'flatrender.json': makeManifest({ flatrender: 9 }) }, 'TEMPLATE_VERSION_UNKNOWN', /version 9/],
    [{ 'flatrender.json': makeManifest({ fps: 'x' }) }, 'TEMPLATE_MANIFEST_INVALID', /at fps/],
    [{ 'flatrender.json': Buffer.from('{') }, 'TEMPLATE_MANIFEST_INVALID', /flatrender.json/],
    [{ 'a/main.json': Buffer.from('x') }, 'LOTTIE_INVALID', /a\/main.json/],
    [{ 'a/main.json': makeAnimation({ layers: [7] }) }, 'LOTTIE_INVALID', /layer 0/],
    ...['file:///etc/passwd', 'http://localhost/x.png', '/etc/passwd', '../../x.png'].map(
      (p): [Record<string, object>, string, RegExp] => [
        { 'a/main.json': makeAnimation({ assets: [{ id: 'p', w: 1, h: 1, u: '', p }] }) },
        'TEMPLATE_REFERENCE_OUTSIDE',
        /outside itself/,
      ],
    ),
  ]
  for (const [index, [files, code, about]] of changed.entries())
    await assertRefused(await render(await writeTemplate(shell.path(`changed-${index}`), files)), code, about)
})

test('scenes, slots and values that the template does not have or take', async () => {
  const tries: [string, string, RegExp][] = [
    ['titel=x', 'SLOT_UNKNOWN', /The story has no slot “titel”.*Use one of: main\.title, main\.clip/],
    ['intro.title=x', 'SCENE_UNKNOWN', /“intro”.*main/],
    ['title=far too many characters', 'SLOT_TEXT_TOO_LONG', /23 characters, and 10.*by 13/],
    ['strength=NaN', 'SLOT_VALUE_INVALID', /NaN.*not a number/],
    ['strength=1e999', 'SLOT_VALUE_INVALID', /not a number/],
    ['strength=101', 'SLOT_VALUE_INVALID', /out of range.*0 to 100/],
    ['title', 'DATA_INVALID', /slot=value/],
    ['clip=nowhere.png', 'MEDIA_NOT_FOUND', /nowhere.png/],
    ['clip=http://localhost/x.png', 'MEDIA_NOT_FOUND', /http/],
    ['clip=package:../x.png', 'MEDIA_NOT_FOUND', /x.png/],
  ]
  for (const [value, code, about] of tries) await assertRefused(await set(value), code, about)
  await assertRefused(
    await render(template, '--set', 'title=x', '--set', 'title=far too many characters'),
    'SLOT_TEXT_TOO_LONG',
    /title/,
  )
  await assertRefused(await render(template, '--format', '3:2'), 'TEMPLATE_FORMAT_UNKNOWN', /3:2.*1:1/)
})

test('data files that are missing, broken, or ask for what cannot be', async () => {
  await assertRefused(
    await render(template, '--data', shell.path('none.json')),
    'DATA_UNREADABLE',
    /none.json/,
  )
  await assertRefused(await data('{"scenes": ['), 'DATA_UNREADABLE', /data.json/)
  await assertRefused(await data('[]'), 'DATA_INVALID', /JSON object/)
  for (const duration of [0, -1, 1e9, null, '1e999'])
    await assertRefused(
      await data({ scenes: [{ scene: 'main', duration }] }),
      'DATA_INVALID',
      /scenes\.0\.duration/,
    )
  await assertRefused(
    await data('{"scenes":[{"scene":"main","duration":1e999}]}'),
    'DATA_INVALID',
    /scenes\.0\.duration/,
  )
  await assertRefused(
    await data({ scenes: [{ scene: 'main', duration: 0.01 }] }),
    'DURATION_OUT_OF_RANGE',
    /0\.01 s/,
  )
  const long = Array.from({ length: 5 }, () => ({ scene: 'main', duration: 3600 }))
  await assertRefused(await data({ scenes: long }), 'STORY_TOO_LONG', /18000 s.*14400/)
  await assertRefused(
    await data({ scenes: [{ scene: 'main', modifications: { clip: 'a\0b.png' } }] }),
    'MEDIA_NOT_FOUND',
    /b.png/,
  )
  const several = await data({
    palette: 'warm',
    scenes: [{ scene: 'x' }, { scene: 'main', modifications: { nothing: 1 } }],
  })
  for (const code of ['PALETTE_UNKNOWN', 'SCENE_UNKNOWN', 'SLOT_UNKNOWN'])
    await assertRefused(several, code, /./)
})

test('media that cannot be read, are of another kind, too large, or lie', async () => {
  const files: [string, Uint8Array, string, RegExp][] = [
    ['empty.png', new Uint8Array(), 'MEDIA_UNREADABLE', /empty.png/],
    ['words.png', Buffer.from('not a picture'), 'MEDIA_UNREADABLE', /words.png/],
    ['cut.png', DOT.subarray(0, 50), 'MEDIA_UNREADABLE', /cut.png/],
    ['huge.png', promising(30_000, 30_000), 'MEDIA_TOO_LARGE', /30000×30000/],
  ]
  for (const [name, bytes, code, about] of files) {
    await writeFile(shell.path(name), bytes)
    await assertRefused(await set(`clip=${shell.path(name)}`), code, about)
  }
  await assertRefused(await set(`clip=${shell.folder}`), 'MEDIA_NOT_FOUND', /flatrender-cli/)
})

/** A PNG whose header promises so many pixels. */
function promising(width: number, height: number): Uint8Array {
  const png = Buffer.from(DOT)
  png.writeUInt32BE(width, 16)
  png.writeUInt32BE(height, 20)
  png.writeUInt32BE(crc32(png.subarray(12, 29)), 29)
  return png
}

function crc32(bytes: Uint8Array): number {
  let crc = ~0
  for (const byte of bytes) {
    crc ^= byte
    for (let bit = 0; bit < 8; bit++) crc = (crc >>> 1) ^ (crc & 1 ? 0xedb88320 : 0)
  }
  return ~crc >>> 0
}

test('outputs that cannot be', async () => {
  const to = (file: string, ...args: string[]) => shell.run('render', template, '-o', file, ...args)
  await assertRefused(await to(shell.path('none/a.mp4')), 'OUTPUT_FOLDER_MISSING', /none”/)
  await assertRefused(await to(shell.path('out/a.avi')), 'OUTPUT_FORMAT_UNKNOWN', /a\.avi.*\.mp4/)
  const wrong = [
    ['--fps', '0'],
    ['--fps', 'NaN'],
    ['--fps', '1000'],
    ['--resolution', '1x1'],
    ['--resolution', '90000x90000'],
    ['--resolution', 'big'],
    ['--codec', 'vp9'],
    ['--transparent'],
    ['--range', 'x'],
  ]
  for (const args of wrong)
    await assertRefused(await render(template, ...args), 'OUTPUT_SETTINGS_INVALID', /cannot be/)
  await assertRefused(await render(template, '--range', '5-9'), 'RANGE_INVALID', /5-9.*lasts 1 s/)
  await assertRefused(
    await render(template, '--range', '100-'),
    'RANGE_INVALID',
    /The range 100- .*lasts 1 s.*from 0 to 1;/,
  )
  const still = (file: string, ...args: string[]) => shell.run('snapshot', template, '-o', file, ...args)
  await assertRefused(await still(shell.path('none/a.png'), '--time', '0'), 'OUTPUT_FOLDER_MISSING', /none/)
  await assertRefused(await still(shell.path('out/a.bmp'), '--time', '0'), 'OUTPUT_FORMAT_UNKNOWN', /\.png/)
  await assertRefused(
    await still(shell.path('out/a.png'), '--time', 'noon'),
    'OUTPUT_SETTINGS_INVALID',
    /time cannot be noon/,
  )
  await assertRefused(await still(shell.path('out/a.png'), '--time', '99'), 'RANGE_INVALID', /99/)
  await assertRefused(
    await still(shell.path('out/a.png'), '--time', '0', '--width', '1e9'),
    'OUTPUT_SETTINGS_INVALID',
    /width/,
  )
  await assertRefused(
    await still(shell.path('out/a.png'), '--time', '0', '--background', 'notacolor'),
    'OUTPUT_SETTINGS_INVALID',
    /background cannot be notacolor: it is no CSS colour/,
  )
})

test('videos without frames, and with a header that lies', async () => {
  const clip = shell.path('clip.mp4')
  assert.equal((await shell.run('render', template, '-o', clip, '--set', 'title=Clip')).code, 0)
  const outcome = await set(`clip=${clip}`)
  assert.equal(outcome.code, 0, outcome.notes)
  await rm(shell.path('out/a.mp4'))
  const bytes = await readFile(clip)
  const broken: [string, Uint8Array][] = [
    ['header-only.mp4', bytes.subarray(0, bytes.indexOf('mdat') + 4)],
    [
      'zeros.mp4',
      Buffer.concat([
        bytes.subarray(0, bytes.indexOf('mdat') + 4),
        Buffer.alloc(bytes.length - bytes.indexOf('mdat') - 4),
      ]),
    ],
    ['no-header.mp4', bytes.subarray(0, 40)],
  ]
  for (const [name, content] of broken) {
    await writeFile(shell.path(name), content)
    const refused = await set(`clip=${shell.path(name)}`)
    await assertRefused(refused, /MEDIA_\w+/.exec(refused.notes)?.[0] ?? 'MEDIA_', new RegExp(name))
  }
  await truncate(clip, Math.floor(bytes.length * 0.9))
  const shortened = await set(`clip=${clip}`)
  assert.ok(shortened.code === 0 || /MEDIA_/.test(shortened.notes), shortened.notes)
})

test('a picture of one pixel is a picture', async () => {
  const dot = shell.path('dot.png')
  await writeFile(dot, DOT)
  const { code, notes } = await shell.run(
    'snapshot',
    template,
    '-o',
    shell.path('one.png'),
    '--time',
    '0.5',
    '--set',
    `clip=${dot}`,
  )
  assert.equal(code, 0, notes)
})
