import assert from 'node:assert/strict'
import { execFile } from 'node:child_process'
import { mkdir, readdir, writeFile } from 'node:fs/promises'
import { after, before, test } from 'node:test'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { openShell, type Shell } from './testbed/open-shell.ts'
import { DOT, makeAnimation, writeTemplate } from './testbed/write-template.ts'

const program = fileURLToPath(new URL('../bin/flatrender.mjs', import.meta.url))
let shell: Shell
let template = ''
before(async () => {
  shell = await openShell()
  template = await writeTemplate(shell.path('tiny'))
})
after(() => shell.close())

/** Runs the real program in a process of its own. */
async function spawnProgram(...args: string[]): Promise<{ code: number; stdout: string; stderr: string }> {
  const env = { ...process.env, FLATRENDER_HOME: shell.path('home'), FLATRENDER_WORKERS: '1' }
  try {
    return {
      code: 0,
      ...(await promisify(execFile)(process.execPath, [program, ...args], { cwd: shell.folder, env })),
    }
  } catch (error) {
    return error as { code: number; stdout: string; stderr: string }
  }
}

test('the program ends with the exit codes that its help promises', async () => {
  const help = await spawnProgram('--help')
  assert.equal(help.code, 0)
  assert.match(help.stdout, /0 +done\n +1 +failed\n +2 +something in your input is wrong.*\n +130 +cancelled/)
  const done = await spawnProgram('snapshot', template, '--time', '0.5', '-o', 'still.png')
  assert.deepEqual([done.code, done.stdout], [0, ''], done.stderr)
  assert.match(done.stderr, /^still\.png: 64×64/m)
  const refused = await spawnProgram('snapshot', 'nowhere', '--time', '0', '-o', 'still.png')
  assert.equal(refused.code, 2)
  assert.match(refused.stderr, /^TEMPLATE_NOT_FOUND: .*nowhere.*\. Give the path/)
  assert.equal((await spawnProgram('snapshot', '--frobnicate')).code, 2)
})

test('every command has help with an example', async () => {
  const commands = [
    'render',
    'snapshot',
    'batch',
    'template init',
    'template check',
    'template pack',
    'template inspect',
    'template preview',
    'node start',
    'node replay',
  ]
  for (const command of commands) {
    const { code, printed } = await shell.run(...command.split(' '), '--help')
    assert.equal(code, 0)
    assert.match(printed.join('\n'), new RegExp(`Examples?:\\n +flatrender ${command} `), command)
  }
  for (const command of ['template', 'node', 'doctor'])
    assert.equal((await shell.run(command, '--help')).code, 0)
})

test('what is no command or no option is your input; --json tells it a machine', async () => {
  for (const args of [
    ['paint'],
    ['render', template],
    ['render', template, '-o', 'x.mp4', '--colour'],
    ['render', template, '-o', 'x.mp4', '--quality', 'best'],
    ['template', 'eat'],
  ])
    assert.equal((await shell.run(...args)).code, 2, args.join(' '))
  const { printed } = await shell.run('render', template, '-o', 'x.mp4', '--frobnicate', '--json')
  assert.match(JSON.parse(printed[0]!).message, /frobnicate/)
})

test('with --json an error is one JSON line with its code and remedy', async () => {
  const { code, printed, notes } = await shell.run(
    'render',
    template,
    '--set',
    'titel=x',
    '-o',
    shell.path('out/a.mp4'),
    '--json',
  )
  assert.deepEqual([code, notes, printed.length], [2, '', 1])
  const { type, code: name, message, remedy } = JSON.parse(printed[0]!)
  assert.deepEqual([type, name], ['error', 'SLOT_UNKNOWN'])
  assert.match(message, /titel/)
  assert.match(remedy, /main\.title/)
})

test('a setting that is wrong is named', async () => {
  process.env.FLATRENDER_CACHE_GIGABYTES = 'much'
  const other = await openShell()
  delete process.env.FLATRENDER_CACHE_GIGABYTES
  const { code, notes } = await other.run('doctor')
  assert.equal(code, 2)
  assert.match(notes, /FLATRENDER_CACHE_GIGABYTES/)
  await other.close()
})

test('--set may be repeated; the last one for a slot counts, and it wins over the data file', async () => {
  const file = shell.path('data.json')
  await writeFile(file, '\uFEFF{"title": "From file", "strength": 10}')
  const plan = async (...args: string[]) => {
    const { code, printed, notes } = await shell.run(
      'render',
      template,
      '-o',
      shell.path('out/a.mp4'),
      '--plan',
      ...args,
    )
    assert.equal(code, 0, notes)
    return printed[0]!
  }
  const both = await plan('--data', file, '--set', 'title=One', '--set', 'title=Two=2')
  assert.equal(both, await plan('--set', 'strength=10', '--set', 'main.title=Two=2'))
  assert.notEqual(both, await plan('--data', file))
})

test('paths of --set start where you are, those of a data file at its folder', async () => {
  await mkdir(shell.path('given'))
  await writeFile(shell.path('here.png'), DOT)
  await writeFile(shell.path('given/there.png'), DOT)
  const scenes = [{ scene: 'main', modifications: { clip: './there.png' } }]
  await writeFile(shell.path('given/full.json'), JSON.stringify({ scenes, watermark: { src: 'there.png' } }))
  const words = ['snapshot', template, '--time', '0.5', '-o', 'paths.png', '--data', 'given/full.json']
  const given = ['clip', 'main.clip', 'main#1.clip'].flatMap((slot) =>
    ['here.png', 'given/there.png'].map((file) => ['--set', `${slot}=${file}`]),
  )
  const before = process.cwd()
  process.chdir(shell.folder)
  try {
    for (const args of [[], ...given]) {
      const { code, notes } = await shell.run(...words, ...args)
      assert.equal(code, 0, notes)
    }
  } finally {
    process.chdir(before)
  }
  const done = await spawnProgram(...words, '--set', 'clip=here.png')
  assert.equal(done.code, 0, done.stderr)
  const wrong = await spawnProgram(...words, '--set', 'clip=there.png')
  assert.equal(wrong.code, 2)
  assert.ok(wrong.stderr.includes(`MEDIA_NOT_FOUND: The file “${shell.path('there.png')}”`), wrong.stderr)
})

test('a plain animation takes no data', async () => {
  const file = shell.path('plain.json')
  await writeFile(file, JSON.stringify(makeAnimation({ assets: [], layers: [] })))
  for (const command of [['render'], ['snapshot', '--time', '0']]) {
    const [name, ...rest] = command as [string, ...string[]]
    const { code, notes } = await shell.run(
      name,
      file,
      ...rest,
      '--set',
      'a=b',
      '-o',
      shell.path(name === 'render' ? 'x.mp4' : 'x.png'),
    )
    assert.equal(code, 2)
    assert.match(notes, /^TEMPLATE_MANIFEST_MISSING/)
  }
})

test('a template is made of an animation, checked, packed and painted', async () => {
  const made = shell.path('made')
  await mkdir(shell.path('export/images'), { recursive: true })
  await writeFile(shell.path('export/card.json'), JSON.stringify(makeAnimation()))
  await writeFile(shell.path('export/images/dot.png'), DOT)
  const steps: string[][] = [
    ['template', 'init', shell.path('export/card.json'), '-o', made],
    ['template', 'check', made],
    ['template', 'pack', made, '-o', shell.path('made.lottie')],
    ['template', 'inspect', shell.path('made.lottie')],
    ['template', 'preview', shell.path('made.lottie'), '-o', shell.path('sheet.png')],
    [
      'snapshot',
      shell.path('made.lottie'),
      '--time',
      '0.5',
      '--set',
      'title=Hi',
      '-o',
      shell.path('made.png'),
    ],
  ]
  for (const step of steps) {
    const { code, notes, printed } = await shell.run(...step)
    assert.equal(code, 0, `${step.join(' ')}: ${notes} ${printed}`)
  }
  assert.deepEqual((await readdir(made)).sort(), ['a', 'flatrender.json', 'i', 'manifest.json'])
})

test('a check that finds errors says each with its place and ends with 2', async () => {
  const bad = await writeTemplate(shell.path('bad'), {
    'a/main.json': makeAnimation({ fr: 25, w: 32 }),
    'data/en.json': Buffer.from('{'),
  })
  const { code, printed } = await shell.run('template', 'check', bad, '--json')
  assert.equal(code, 2)
  const codes = printed.map((line) => JSON.parse(line).code)
  for (const one of ['FRAME_RATE_WRONG', 'FORMAT_SIZE_WRONG'])
    assert.ok(codes.includes(one), `${one}: ${codes}`)
})
