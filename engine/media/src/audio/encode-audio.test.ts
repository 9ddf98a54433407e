import assert from 'node:assert/strict'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { after, before, test } from 'node:test'
import type { VideoSettings } from '@flatrender/contracts/engine'
import { muxVideo } from '../mux/mux-video.ts'
import { probeMedia } from '../probe/probe-media.ts'
import { encodeTestCard } from '../testcard/encode-test-card.ts'
import { writeWave } from '../testcard/write-wave.ts'
import { encodeAudio } from './encode-audio.ts'
import { mixAudio } from './mix-audio.ts'
import { openSoundSource } from './open-sound-source.ts'

let folder = ''
before(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'flatrender-sync-'))
})
after(() => rm(folder, { recursive: true, force: true }))

/** Seconds of the loudest sample within half a second around each click, as a player would hear the file. */
async function findClicks(file: string, clicks: readonly number[]): Promise<number[]> {
  const source = await openSoundSource(file)
  const loudest = clicks.map(() => ({ level: 0, at: Number.NaN }))
  let position = 0
  for (let samples = source.read(); samples; samples = source.read()) {
    const [start, end] = [position / 48_000, (position + samples.length / 2) / 48_000]
    for (const [index, click] of clicks.entries()) {
      const best = loudest[index]
      // Ten minutes have thirty million samples: only those around a click are looked at.
      if (best === undefined || start > click + 0.5 || end < click - 0.5) continue
      for (let i = 0; i < samples.length; i += 2) {
        const level = Math.abs(samples[i] ?? 0)
        const seconds = start + i / 2 / 48_000
        if (level > best.level && Math.abs(seconds - click) < 0.5) Object.assign(best, { level, at: seconds })
      }
    }
    position += samples.length / 2
  }
  await source.close()
  return loudest.map(({ at }) => at)
}

for (const [container, codec, sound, seconds] of [
  ['mp4', 'h264', 'aac', 600],
  ['webm', 'vp9', 'opus', 60],
  ['mov', 'prores422', 'pcm', 60],
] as const) {
  test(`${container} with ${sound}: picture and sound agree within half a frame after ${seconds} s`, async () => {
    const clicks = [0.5, seconds / 2 + 0.25, seconds - 0.5]
    const wave = path.join(folder, 'clicks.wav')
    const loud = new Set(
      clicks.flatMap((click) => Array.from({ length: 15 }, (_, at) => Math.round(click * 44_100) + at - 7)),
    )
    const sampleAt = (i: number) => (loud.has(i) ? 0.9 : 0)
    await writeWave(wave, seconds, sampleAt, { sampleRate: 44_100, channels: 1 })
    const outFile = path.join(folder, 'mix.f32')
    const tracks = [{ file: wave, kind: 'voice', start: 0 }] as const
    assert.ok(await mixAudio({ seconds, tracks, loudness: null, truePeak: 0, outFile }))

    // One frame a second is enough of a picture.
    const fps = { num: 1, den: 1 }
    const settings: VideoSettings = { codec, width: 32, height: 18, fps, quality: 'draft', alpha: false }
    const file = path.join(folder, `long.${container}`)
    const segments = [{ startFrame: 0, stream: await encodeTestCard(settings, 0, seconds) }]
    const audio = await encodeAudio(outFile, sound)
    await muxVideo({ file, container, settings, segments, audio })
    const info = await probeMedia(file)
    assert.equal(info.hasAudio, true)
    assert.ok(Math.abs(info.seconds - seconds) < 0.03, `${info.seconds} s`)
    for (const [index, found] of (await findClicks(file, clicks)).entries()) {
      const late = found - (clicks[index] ?? 0)
      assert.ok(Math.abs(late) < 1 / 60 / 2, `click ${index} is ${late * 1000} ms late`)
    }
  })
}
