import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Container, VideoCodec } from '@flatrender/contracts/engine'
import { isFlatRenderError } from '@flatrender/contracts/errors'
import { chooseRate, chooseSettings, containerOf, type OutputChoice } from './output-choice.ts'

const fps = { num: 30, den: 1 }
const shapes = {
  '16:9': { width: 1920, height: 1080 },
  '9:16': { width: 1080, height: 1920 },
  '1:1': { width: 1080, height: 1080 },
}

function sizeOf(resolution: string | undefined, shape: keyof typeof shapes): string {
  const choice = { container: 'mp4' as const, ...(resolution !== undefined && { resolution }) }
  const { width, height } = chooseSettings(choice, shapes[shape], fps)
  return `${width}x${height}`
}

test('a resolution is the shorter side; the other follows the format, both even', () => {
  const sizes: Record<string, readonly [string, string, string]> = {
    '360p': ['640x360', '360x640', '360x360'],
    '480p': ['854x480', '480x854', '480x480'],
    '720p': ['1280x720', '720x1280', '720x720'],
    '1080p': ['1920x1080', '1080x1920', '1080x1080'],
    '1440p': ['2560x1440', '1440x2560', '1440x1440'],
    '4k': ['3840x2160', '2160x3840', '2160x2160'],
    '2160p': ['3840x2160', '2160x3840', '2160x2160'],
    '1200x628': ['1200x628', '1200x628', '1200x628'],
    '333x201': ['334x202', '334x202', '334x202'],
  }
  for (const [resolution, wanted] of Object.entries(sizes))
    assert.deepEqual(
      (['16:9', '9:16', '1:1'] as const).map((shape) => sizeOf(resolution, shape)),
      wanted,
    )
})

test('without a resolution the template’s own size is kept', () => {
  assert.equal(sizeOf(undefined, '9:16'), '1080x1920')
})

test('rates are exact: 29.97 is 30000/1001', () => {
  const rate = (wanted?: string | number, container: Container = 'mp4') =>
    chooseRate({ container, ...(wanted !== undefined && { fps: wanted }) }, { num: 24, den: 1 })
  assert.deepEqual(rate(), { num: 24, den: 1 })
  assert.deepEqual(rate('29.97'), { num: 30_000, den: 1001 })
  assert.deepEqual(rate('30000/1001'), { num: 30_000, den: 1001 })
  assert.deepEqual(rate(12), { num: 12, den: 1 })
  assert.deepEqual(rate(undefined, 'gif'), { num: 25, den: 1 })
})

const refused: readonly (readonly [string, Partial<OutputChoice>])[] = [
  ['a word', { resolution: 'big' }],
  ['a side of 4', { resolution: '4x4' }],
  ['sides beyond 8192', { resolution: '9000x9000' }],
  ['a codec that the container has no place for', { codec: 'vp9' }],
  ['transparency in H.264', { transparent: true }],
]
for (const [what, choice] of refused) {
  test(`${what} is refused with what would do`, () => {
    assert.throws(
      () => chooseSettings({ container: 'mp4', ...choice }, shapes['16:9'], fps),
      (error) => isFlatRenderError(error, 'OUTPUT_SETTINGS_INVALID'),
    )
  })
}

for (const wanted of ['0', '-3', 'NaN', 'Infinity', '61', '0.5', 'fast', '30/0']) {
  test(`${wanted} frames a second are refused`, () => {
    assert.throws(
      () => chooseRate({ container: 'mp4', fps: wanted }, fps),
      (error) => isFlatRenderError(error, 'OUTPUT_SETTINGS_INVALID'),
    )
  })
}

test('the file’s name chooses the container, and the container a codec', () => {
  const codecs: Record<string, VideoCodec> = {
    'a.mp4': 'h264',
    'a.WEBM': 'vp9',
    'a.b.mov': 'prores422',
    'a.gif': 'gif',
    'a.webp': 'webp',
    'a.png': 'png',
  }
  for (const [name, codec] of Object.entries(codecs))
    assert.equal(chooseSettings({ container: containerOf(name) }, shapes['1:1'], fps).codec, codec)
  for (const name of ['a.avi', 'mp4', '.mp4x', 'a.constructor'])
    assert.throws(
      () => containerOf(name),
      (error) => isFlatRenderError(error, 'OUTPUT_FORMAT_UNKNOWN'),
    )
})
