import assert from 'node:assert/strict'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { after, before, test } from 'node:test'
import { isFlatRenderError } from '@flatrender/contracts/errors'
import sharp from 'sharp'
import { writeWave } from '../testcard/write-wave.ts'
import { probeMedia } from './probe-media.ts'
import { sniffSvg } from './sniff-svg.ts'

let folder = ''
before(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'flatrender-probe-'))
})
after(() => rm(folder, { recursive: true, force: true }))

test('sound', async () => {
  const file = await writeWave(path.join(folder, 'a.wav'), 1.5, () => 0.1)
  const info = {
    kind: 'audio',
    format: 'wav',
    width: 0,
    height: 0,
    seconds: 1.5,
    hasAudio: true,
    hasAlpha: false,
  }
  assert.deepEqual(await probeMedia(file), info)
})

test('pictures, upright, whatever their names say', async () => {
  const file = path.join(folder, 'picture.mp4')
  const red = sharp({ create: { width: 40, height: 20, channels: 3, background: 'red' } })
  await writeFile(file, await red.withMetadata({ orientation: 8 }).jpeg().toBuffer())
  const { kind, format, width, height, hasAlpha } = await probeMedia(file)
  assert.deepEqual([kind, format, width, height, hasAlpha], ['image', 'jpg', 20, 40, false])
})

test('an SVG is known by its first element, behind declarations and comments', () => {
  const yes = (text: string) => assert.ok(sniffSvg(Buffer.from(text)), text)
  yes('<svg xmlns="http://www.w3.org/2000/svg"/>')
  yes('\uFEFF<?xml version="1.0"?>\n<!-- a <b> --><!DOCTYPE svg PUBLIC "x" "y" [<!ENTITY a "b">]>\n<svg:svg>')
  for (const no of ['<html><svg/></html>', 'svg', '', '<!-- <svg> -->'])
    assert.equal(sniffSvg(Buffer.from(no)), false, no)
})

test('a picture of a pixel is fine; one whose header promises 900 megapixels is refused unread', async () => {
  const dot = path.join(folder, 'dot.png')
  const one = await sharp({ create: { width: 1, height: 1, channels: 4, background: '#00000000' } })
    .png()
    .toBuffer()
  await writeFile(dot, one)
  assert.equal((await probeMedia(dot)).width, 1)
  const huge = path.join(folder, 'huge.svg')
  await writeFile(huge, '<svg xmlns="http://www.w3.org/2000/svg" width="30000" height="30000"/>')
  await assert.rejects(probeMedia(huge), (error) => isFlatRenderError(error, 'MEDIA_TOO_LARGE'))
})

test('an empty file and a folder are said so', async () => {
  const empty = path.join(folder, 'empty')
  await writeFile(empty, '')
  await assert.rejects(probeMedia(empty), (error) => isFlatRenderError(error, 'MEDIA_UNREADABLE'))
  await assert.rejects(probeMedia(folder), (error) => isFlatRenderError(error, 'MEDIA_NOT_FOUND'))
})
