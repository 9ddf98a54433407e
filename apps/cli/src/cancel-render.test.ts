import assert from 'node:assert/strict'
import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { createInterface } from 'node:readline'
import { text } from 'node:stream/consumers'
import { after, before, beforeEach, test } from 'node:test'
import { setTimeout } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'

const program = fileURLToPath(new URL('../bin/flatrender.mjs', import.meta.url))
const onPosix = { skip: process.platform === 'win32' && 'signals are for POSIX systems' }

/** So many, at 720p, that a render is still painting when it is struck. */
const FRAMES = 600

let folder = ''
let animation = ''
let running: ChildProcess[] = []
before(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'flatrender-cancel-'))
  animation = path.join(folder, 'long.json')
  await writeFile(animation, JSON.stringify(makeLong()))
})
beforeEach(() => rm(path.join(folder, 'home'), { recursive: true, force: true }))
after(async () => {
  for (const { pid } of running) killGroup(pid, 'SIGKILL')
  await rm(folder, { recursive: true, force: true })
})

/** Twenty seconds of a rectangle on its way: seven segments. */
function makeLong(): object {
  const from = { t: 0, s: [0, 90], i: { x: [1], y: [1] }, o: { x: [0], y: [0] } }
  const position = { a: 1, k: [from, { t: FRAMES, s: [320, 90] }] }
  const it = [
    { ty: 'rc', p: { a: 0, k: [0, 0] }, s: { a: 0, k: [60, 60] }, r: { a: 0, k: 0 } },
    { ty: 'fl', c: { a: 0, k: [1, 0.4, 0, 1] }, o: { a: 0, k: 100 } },
    {
      ty: 'tr',
      p: { a: 0, k: [0, 0] },
      a: { a: 0, k: [0, 0] },
      s: { a: 0, k: [100, 100] },
      r: { a: 0, k: 0 },
      o: { a: 0, k: 100 },
    },
  ]
  const layer = { ty: 4, ind: 1, ip: 0, op: FRAMES, st: 0, ks: { p: position }, shapes: [{ ty: 'gr', it }] }
  return { v: '5.9.0', fr: 30, ip: 0, op: FRAMES, w: 320, h: 180, assets: [], layers: [layer] }
}

interface Line {
  readonly type: string
  readonly stage?: string
  readonly framesPainted?: number
  readonly painted?: number
  readonly cached?: number
  readonly code?: string
}

/** Starts `flatrender render` in a process group of its own, as a terminal does. */
function start(): { child: ChildProcess; lines: AsyncIterable<Line>; errors: Promise<string> } {
  const child = spawn(
    process.execPath,
    [program, 'render', animation, '--json', '--quality', 'draft', '--resolution', '720p', '-o', 'out.mp4'],
    {
      cwd: folder,
      detached: true,
      env: { ...process.env, FLATRENDER_HOME: 'home', FLATRENDER_WORKERS: '2' },
      stdio: ['ignore', 'pipe', 'pipe'],
    },
  )
  running = [...running, child]
  const read = createInterface({ input: child.stdout! })
  const lines = (async function* () {
    for await (const line of read) yield JSON.parse(line) as Line
  })()
  return { child, lines, errors: text(child.stderr!) }
}

async function finish(): Promise<Line> {
  const { lines } = start()
  let last: Line = { type: 'nothing' }
  for await (const line of lines) last = line
  return last
}

/** Sends a signal in the middle of the work; gives the exit code and the last line. */
async function strike(
  signal: NodeJS.Signals,
  whole: boolean,
): Promise<{ code: number | null; last: Line; errors: string }> {
  const { child, lines, errors } = start()
  let last: Line = { type: 'nothing' }
  let struck = false
  for await (const line of lines) {
    last = line
    if (struck || line.stage !== 'painting' || (line.framesPainted ?? 0) < 200) continue
    struck = true
    if (whole) killGroup(child.pid, signal)
    else child.kill(signal)
  }
  if (child.exitCode === null && child.signalCode === null) await once(child, 'exit')
  assert.ok(struck, 'it was done before it was struck')
  return { code: child.exitCode, last, errors: await errors }
}

function killGroup(pid: number | undefined, signal: NodeJS.Signals | 0): boolean {
  try {
    return process.kill(-pid!, signal)
  } catch {
    return false
  }
}

async function listAll(inside: string): Promise<string[]> {
  return (await readdir(path.join(folder, inside), { recursive: true })).sort()
}

for (const [name, signal, whole] of [
  ['Ctrl-C, which reaches the whole process group', 'SIGINT', true],
  ['SIGINT to the command alone', 'SIGINT', false],
  ['SIGTERM, which a service manager sends to all', 'SIGTERM', true],
] as const) {
  test(
    `${name} ends with 130 and leaves nothing but finished segments, which the next render takes`,
    onPosix,
    async () => {
      const { code, last, errors } = await strike(signal, whole)
      assert.equal(code, 130)
      assert.equal(last.code, 'RENDER_CANCELLED')
      assert.equal(errors, '')
      assert.equal(killGroup(running.at(-1)?.pid, 0), false, 'no process is left')
      assert.deepEqual((await readdir(folder)).sort(), ['home', 'long.json'])
      assert.deepEqual(await listAll('home/scratch'), [])
      assert.deepEqual(await listAll('home/crashes'), [])
      const left = (await listAll('home/segments')).filter(
        (file) => !/^(pins|[0-9a-f]{2}|.*\.segment)$/.test(file),
      )
      assert.deepEqual(left, [], 'neither claims nor pins')
      const { type, painted = 0, cached = 0 } = await finish()
      assert.equal(type, 'done')
      assert.equal(painted + cached, FRAMES)
      assert.ok(cached >= 90, `${cached} frames of finished segments`)
      await rm(path.join(folder, 'out.mp4'))
    },
  )
}

test(
  'after kill -9 the workers go by themselves, and the next render cleans up and ends right',
  onPosix,
  async () => {
    await finish()
    const clean = await readFile(path.join(folder, 'out.mp4'))
    await rm(path.join(folder, 'out.mp4'))
    await rm(path.join(folder, 'home'), { recursive: true })
    await strike('SIGKILL', false)
    for (let waited = 0; killGroup(running.at(-1)?.pid, 0) && waited < 50; waited++) await setTimeout(100)
    assert.equal(killGroup(running.at(-1)?.pid, 0), false, 'workers end when nobody talks to them')
    assert.equal((await listAll('home/segments')).filter((file) => file.endsWith('.claim')).length > 0, true)
    const { type, painted = 0, cached = 0 } = await finish()
    assert.deepEqual([type, painted + cached], ['done', FRAMES])
    assert.deepEqual(await listAll('home/scratch'), [])
    assert.deepEqual(
      (await listAll('home/segments')).filter((file) => /claim|heir|pins\//.test(file)),
      [],
    )
    assert.ok((await readFile(path.join(folder, 'out.mp4'))).equals(clean))
  },
)
