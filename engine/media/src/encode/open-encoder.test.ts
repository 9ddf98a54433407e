import assert from 'node:assert/strict'
import { execFileSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { test } from 'node:test'
import { fileURLToPath } from 'node:url'
import type { VideoCodec, VideoSettings } from '@flatrender/contracts/engine'
import { isFlatRenderError } from '@flatrender/contracts/errors'
import { encodeTestCard } from '../testcard/encode-test-card.ts'
import { openEncoder } from './open-encoder.ts'

const cases: readonly (readonly [VideoCodec, boolean])[] = [
  ['h264', false],
  ['h265', false],
  ['av1', false],
  ['vp9', false],
  ['vp9', true],
  ['prores422', false],
  ['prores4444', false],
  ['prores4444', true],
  ['gif', false],
  ['webp', true],
  ['png', true],
]

function makeSettings(codec: VideoCodec, alpha: boolean): VideoSettings {
  return { codec, alpha, width: 162, height: 90, fps: { num: 30_000, den: 1001 }, quality: 'standard' }
}

async function digest(settings: VideoSettings): Promise<string> {
  const stream = await encodeTestCard(settings, 0, 24)
  const hash = createHash('sha256').update(JSON.stringify(stream.parameters))
  for (const { data, sideData, ...times } of stream.packets) {
    hash.update(data).update(JSON.stringify(times))
    if (sideData) hash.update(sideData)
  }
  return hash.digest('hex')
}

const script = `
  import { createHash } from 'node:crypto'
  import { encodeTestCard } from ${JSON.stringify(new URL('../testcard/encode-test-card.ts', import.meta.url))}
  const cases = ${JSON.stringify(cases)}
  ${makeSettings.toString()}
  ${digest.toString()}
  for (const [codec, alpha] of cases) console.log(await digest(makeSettings(codec, alpha)))
`

test('another process gives the same bytes, for every codec', async () => {
  const other = execFileSync(process.execPath, ['--input-type=module-typescript', '-e', script], {
    cwd: fileURLToPath(new URL('.', import.meta.url)),
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'ignore'],
  })
  const digests = other.trim().split('\n')
  for (const [index, [codec, alpha]] of cases.entries())
    assert.equal(await digest(makeSettings(codec, alpha)), digests[index], `${codec}, alpha ${alpha}`)
})

for (const [codec, alpha] of cases) {
  test(`${codec}${alpha ? ' with alpha' : ''}: one closed group, from zero, nothing lost`, async () => {
    const { packets, parameters } = await encodeTestCard(makeSettings(codec, alpha), 5, 29)
    assert.equal(packets[0]?.pts, 0)
    assert.equal(packets[0]?.key, true)
    const frames = packets.reduce((sum, packet) => sum + packet.duration, 0)
    assert.equal(frames, 24)
    const shown = packets.map((packet) => packet.pts).sort((a, b) => a - b)
    assert.equal(new Set(shown).size, packets.length)
    assert.deepEqual(parameters.timeBase, { num: 1001, den: 30_000 })
    assert.deepEqual(JSON.parse(JSON.stringify(parameters)), parameters)
  })
}

test('transparency in a codec without it is refused', async () => {
  assert.throws(
    () => openEncoder(makeSettings('h264', true)),
    (error) => isFlatRenderError(error, 'OUTPUT_SETTINGS_INVALID'),
  )
})
