import assert from 'node:assert/strict'
import { mkdir, readdir, rm, statfs, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { after, before, test } from 'node:test'
import { isFlatRenderError } from '@flatrender/contracts/errors'
import { mountSmallDisk } from '../testbed/mount-small-disk.ts'
import { writeNumberedClip } from '../testbed/numbered-clip.ts'
import { openTestbed, type Testbed, type TestRender } from '../testbed/open-testbed.ts'
import { cardScene, makeTemplate, mediaScene } from '../testbed/test-template.ts'
import { writeBeeps } from '../testbed/write-beeps.ts'
import type { WorkerPool } from '../worker/worker-pool.ts'
import { openWorkspace, type Workspace } from '../workspace/workspace.ts'

const SIZE = 4 << 20
const card = makeTemplate([cardScene('card', 60)])

let bed: Testbed
let pool: WorkerPool
let disk: Awaited<ReturnType<typeof mountSmallDisk>>
let workspace: Workspace
before(async () => {
  bed = await openTestbed()
  pool = bed.openPool()
  disk = await mountSmallDisk(bed.file('disk'), SIZE)
  if (disk) workspace = await openWorkspace(bed.file('disk/home'))
  await writeNumberedClip({ file: bed.file('clip.mov'), frames: 90, width: 640, height: 360 })
  await writeBeeps(bed.file('beeps.wav'), 2)
})
after(async () => {
  await disk?.unmount()
  await bed.close()
})

/** Leaves so many bytes free, then renders; says what was left lying around. */
async function renderFull(
  free: number,
  template: typeof card,
  name: string,
  wanted: TestRender,
): Promise<unknown> {
  const filler = bed.file('disk/filler')
  await writeFile(filler, '')
  const { bavail, bsize } = await statfs(bed.file('disk'))
  await writeFile(filler, Buffer.alloc(bavail * bsize - free))
  const failure = await bed.render(template, name, { pool, ...wanted }).then(
    () => undefined,
    (error: unknown) => error,
  )
  await rm(filler)
  return failure
}

const isFull = (error: unknown) => assert.ok(isFlatRenderError(error, 'OUTPUT_DISK_FULL'), String(error))

async function assertTidy(): Promise<void> {
  const home = await readdir(workspace.folder, { recursive: true })
  const left = home.filter((name) =>
    /\.(tmp|claim|heir|part)$|^scratch.|pins.|\.f32/.test(name.replaceAll(path.sep, '/')),
  )
  assert.deepEqual(left, [])
  assert.ok(!(await readdir(bed.file('disk'))).some((name) => /mp4|gif|png|part/.test(name)))
}

test('a full disk is called so, wherever it is met, and nothing half written stays', async (t) => {
  if (!disk) return t.skip('mounting is not permitted')
  const big = { quality: 'high', resolution: '640x360' } as const
  const music = { scenes: [{ scene: 'card' }], audio: { music: 'beeps.wav' } }
  const shot = makeTemplate([mediaScene('shot', 60)])
  const clip = { scenes: [{ scene: 'shot', modifications: { clip: 'clip.mov' } }] }
  const cases: readonly (readonly [string, number, typeof card, string, TestRender])[] = [
    ['at the first file', 0, card, 'a.mp4', { workspace }],
    ['as segments are kept', 64 << 10, card, 'b.mov', { workspace, choice: big }],
    ['as sound is mixed', 256 << 10, card, 'c.mp4', { workspace, modifications: music }],
    ['as frames of a video are laid out', 1 << 20, shot, 'd.mp4', { workspace, modifications: clip }],
    ['as the file is joined', 8 << 10, card, 'disk/e.mp4', { choice: big }],
    ['as a GIF is joined', 8 << 10, card, 'disk/f.gif', { choice: big }],
    ['as pictures are numbered', 64 << 10, card, 'disk/g.png', { choice: big }],
  ]
  for (const [where, free, template, name, wanted] of cases) {
    await t.test(where, async () => {
      isFull(await renderFull(free, template, name, wanted))
      await assertTidy()
    })
  }
})

test('with space again, the same render ends well', async (t) => {
  if (!disk) return t.skip('mounting is not permitted')
  assert.equal((await bed.render(card, 'disk/e.mp4', { pool, workspace })).frames, 60)
})

test('a workspace that cannot be made says why', async () => {
  await writeFile(bed.file('file'), '')
  await assert.rejects(openWorkspace(bed.file('file/home')), (error) =>
    isFlatRenderError(error, 'OUTPUT_FOLDER_MISSING', 'OUTPUT_UNWRITABLE'),
  )
})

test('a write-protected folder is refused before any work', async (t) => {
  if (process.getuid?.() === 0) return t.skip('root may write everywhere')
  await mkdir(bed.file('protected'), { mode: 0o555 })
  await assert.rejects(bed.render(card, 'protected/a.mp4', { pool }), (error) =>
    isFlatRenderError(error, 'OUTPUT_UNWRITABLE'),
  )
})
