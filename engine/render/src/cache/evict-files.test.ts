import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import { mkdir, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { test } from 'node:test'
import { openSegmentCache } from './segment-cache.ts'

test('a dead process’s claim beside a finished segment goes; a living one’s stays', async () => {
  const folder = await mkdtemp(path.join(tmpdir(), 'flatrender-evict-'))
  try {
    const cache = await openSegmentCache({ folder, limit: 1e6 })
    const { pid: deadPid } = spawnSync(process.execPath, ['--version'])
    await mkdir(path.join(folder, 'aa'))
    for (const name of ['aa1.segment', 'aa2.segment']) await writeFile(path.join(folder, 'aa', name), 'x')
    await writeFile(path.join(folder, 'aa', 'aa1.segment.claim'), `${deadPid} x`)
    const living = await cache.claim('aa2')
    await cache.evict()
    assert.deepEqual((await readdir(path.join(folder, 'aa'))).sort(), [
      'aa1.segment',
      'aa2.segment',
      'aa2.segment.claim',
    ])
    await living?.release()
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
})
