import assert from 'node:assert/strict'
import { execFile } from 'node:child_process'
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { after, before, test } from 'node:test'
import { setTimeout } from 'node:timers/promises'
import { promisify } from 'node:util'
import { isFlatRenderError } from '@flatrender/contracts/errors'
import { writeWave } from '../testcard/write-wave.ts'
import { mixAudio } from './mix-audio.ts'
import type { MixOptions, SoundTrack } from './mix-options.ts'

let folder = ''
before(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'flatrender-audio-'))
})
after(() => rm(folder, { recursive: true, force: true }))

const at = (name: string) => path.join(folder, name)
const tone = (hertz: number, volume: number) => (i: number) =>
  volume * Math.sin((i * 2 * Math.PI * hertz) / 48_000)

/** Something like music: chords, a beat, and noise from a fixed seed. */
function makeMusic() {
  let state = 7
  return (i: number, channel: number) => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0
    const beat = Math.exp(-((i % 24_000) / 3000))
    const chord = [220, 277.2, 329.6].reduce(
      (sum, hertz) => sum + tone(hertz * (1 + channel * 0.001), 0.06)(i),
      0,
    )
    return chord + beat * 0.4 * tone(60, 1)(i) + beat * 0.15 * (state / 2 ** 31 - 1)
  }
}

async function mix(tracks: readonly SoundTrack[], change: Partial<MixOptions> = {}) {
  const outFile = at('mix.f32')
  const mixed = await mixAudio({ seconds: 4, loudness: null, truePeak: -1, outFile, tracks, ...change })
  const bytes = mixed ? await readFile(outFile) : Buffer.alloc(0)
  return { mixed, samples: new Float32Array(bytes.buffer, bytes.byteOffset, bytes.length / 4) }
}

/** Level of a stretch, root mean square in dBFS. */
function levelOf(samples: Float32Array, from: number, to: number): number {
  let sum = 0
  const part = samples.subarray(Math.round(from * 48_000) * 2, Math.round(to * 48_000) * 2)
  for (const sample of part) sum += sample * sample
  return 10 * Math.log10(sum / part.length)
}

test('a tone starts, stops and fades where it should, to the sample', async () => {
  const file = await writeWave(at('tone.wav'), 3, tone(1000, 0.5))
  const { mixed, samples } = await mix([
    { file, kind: 'sfx', start: 1, trimStart: 0.5, trimEnd: 2.5, volume: 0.5, fadeIn: 0.2, fadeOut: 0.5 },
  ])
  assert.equal(mixed?.samples, 4 * 48_000)
  assert.equal(samples.length, 4 * 48_000 * 2)
  assert.equal(
    samples.subarray(0, 96_000).find((s) => s !== 0),
    undefined,
  )
  assert.equal(
    samples.subarray(3 * 96_000).find((s) => s !== 0),
    undefined,
  )
  assert.ok(Math.abs(levelOf(samples, 1.5, 2.4) - -15.05) < 0.1, `${levelOf(samples, 1.5, 2.4)}`)
  const quiet = levelOf(samples, 1.01, 1.03)
  assert.ok(quiet < -22 && quiet > -40, `${quiet}`)
})

test('other rates and mono come out as stereo at 48 kHz, looping without a gap', async () => {
  const file = await writeWave(at('mono.wav'), 1, (i) => 0.5 * Math.sin((i * 2 * Math.PI * 441) / 44_100), {
    sampleRate: 44_100,
    channels: 1,
  })
  const { samples } = await mix([{ file, kind: 'music', start: 0, loop: true }])
  for (let from = 0.05; from < 3.9; from += 0.1)
    assert.ok(
      Math.abs(levelOf(samples, from, from + 0.1) - -9.03) < 0.3,
      `${from}: ${levelOf(samples, from, from + 0.1)}`,
    )
  assert.equal(samples[20_000], samples[20_001])
})

test('double speed takes half the time', async () => {
  const file = await writeWave(at('slow.wav'), 4, tone(500, 0.5))
  const { samples } = await mix([{ file, kind: 'clip', start: 0, speed: 2 }])
  assert.ok(levelOf(samples, 0.2, 1.9) > -12)
  assert.ok(levelOf(samples, 2.05, 3.9) < -80)
})

test('music sinks by more than 6 dB under voice, and comes back', async () => {
  const music = await writeWave(at('bed.wav'), 8, tone(300, 0.3))
  // A voice at a pitch that can be filtered out again by subtracting the very same mix of it.
  const voice = await writeWave(at('voice.wav'), 3, (i) => tone(170, 0.4)(i) * (0.6 + 0.4 * tone(4, 1)(i)))
  const tracks: SoundTrack[] = [
    { file: music, kind: 'music', start: 0 },
    { file: voice, kind: 'voice', start: 2 },
  ]
  const ducking = { musicUnderVoice: -12, attack: 0.2, release: 0.5 }
  const { samples: both } = await mix(tracks, { seconds: 8, ducking })
  const { samples: alone } = await mix(tracks.slice(1), { seconds: 8 })
  const bed = both.map((sample, index) => sample - (alone[index] ?? 0))
  const before = levelOf(bed, 0.5, 1.9)
  assert.ok(before - levelOf(bed, 2.5, 4.9) > 11, `${before - levelOf(bed, 2.5, 4.9)}`)
  assert.ok(before - levelOf(bed, 2.5, 4.9) < 13)
  assert.ok(Math.abs(before - levelOf(bed, 6.5, 7.9)) < 0.2)
})

test('loudness reaches −14 LUFS within half a unit, under the true-peak limit, the same bytes twice', async () => {
  const seconds = 8
  const file = await writeWave(at('song.wav'), seconds, makeMusic())
  for (const volume of [0.1, 1, 3]) {
    const { mixed, samples } = await mix([{ file, kind: 'music', start: 0, volume }], {
      seconds,
      loudness: -14,
    })
    assert.ok(mixed && Math.abs(mixed.loudness - -14) < 0.5, `${mixed?.loudness} LUFS`)
    assert.ok(mixed.truePeak <= -0.9, `${mixed.truePeak} dBTP`)
    assert.equal(samples.length, seconds * 48_000 * 2)
    const again = await mix([{ file, kind: 'music', start: 0, volume }], { seconds, loudness: -14 })
    assert.deepEqual(again.samples, samples)
  }
})

test('nothing to hear gives no track and leaves no file', async () => {
  const file = await writeWave(at('silence.wav'), 1, () => 0)
  const outFile = at('none.f32')
  const options = { seconds: 2, loudness: -14, truePeak: -1, outFile }
  assert.equal(await mixAudio({ ...options, tracks: [] }), undefined)
  assert.equal(await mixAudio({ ...options, tracks: [{ file, kind: 'music', start: 0 }] }), undefined)
  assert.deepEqual(
    (await readdir(folder)).filter((name) => name.startsWith('none')),
    [],
  )
})

test('a file without sound, or without existence, is said so', async () => {
  const track = (file: string): MixOptions => ({
    seconds: 1,
    loudness: null,
    truePeak: -1,
    outFile: at('bad.f32'),
    tracks: [{ file, kind: 'music', start: 0 }],
  })
  await assert.rejects(mixAudio(track(at('no.wav'))), (error) => isFlatRenderError(error, 'MEDIA_NOT_FOUND'))
})

test('two thousand tracks that follow each other need few files open at once', async () => {
  await writeWave(at('drop.wav'), 0.1, tone(1000, 0.5))
  const program = `
    const { mixAudio } = await import(${JSON.stringify(new URL('mix-audio.ts', import.meta.url).href)})
    const [file, outFile] = process.argv.slice(1)
    const tracks = Array.from({ length: 2000 }, (_, index) => ({ file, kind: 'clip', start: index / 20 }))
    const mixed = await mixAudio({ seconds: 100, tracks, loudness: null, truePeak: 0, outFile })
    console.log(mixed.samples)`
  const { stdout } = await promisify(execFile)('sh', [
    '-c',
    'ulimit -n 256; exec "$0" --input-type=module -e "$@"',
    process.execPath,
    program,
    at('drop.wav'),
    at('drops.f32'),
  ])
  assert.equal(stdout.trim(), String(100 * 48_000))
  const bytes = await readFile(at('drops.f32'))
  const samples = new Float32Array(bytes.buffer, bytes.byteOffset, bytes.length / 4)
  for (const second of [0.05, 50, 99.9]) assert.ok(levelOf(samples, second, second + 0.04) > -12)
})

test('mixing and levelling stop soon after they are cancelled, and leave nothing', async () => {
  const file = await writeWave(at('long.wav'), 20, makeMusic())
  const before = (await readdir(folder)).sort()
  const mixing = (signal: AbortSignal) =>
    mixAudio({
      seconds: 150,
      loudness: -14,
      truePeak: -1,
      outFile: at('never.f32'),
      tracks: [{ file, kind: 'music', start: 0, loop: true }],
      signal,
    })
  const isLevelling = async () => (await readdir(folder)).includes('never.f32')
  for (const ready of [async () => true, isLevelling]) {
    const cancel = new AbortController()
    const mixed = mixing(cancel.signal)
    mixed.catch(() => {})
    while (!(await ready())) await setTimeout(20)
    await setTimeout(50)
    const cancelled = performance.now()
    cancel.abort()
    await assert.rejects(mixed, (error) => isFlatRenderError(error, 'RENDER_CANCELLED'))
    const milliseconds = performance.now() - cancelled
    assert.ok(milliseconds < 500, `${milliseconds} ms`)
    assert.deepEqual((await readdir(folder)).sort(), before)
  }
})
