import { type VideoCodec, type VideoSettings, videoCodecs } from '@flatrender/contracts/engine'
import { loadFallbacks } from '@flatrender/engine-fonts'
import { createFrameConverter, openEncoder, openPainter } from '@flatrender/engine-media'
import { requiredFallbacks } from '@flatrender/engine-scene'
import { engineBuild } from './plan/engine-build.ts'

/** One part of the engine, and whether it works here. */
export interface Examination {
  readonly name: string
  readonly ok: boolean
  readonly found: string
}

/** Skia looks through the system's fonts at each load; more than this is worth a word, milliseconds. */
const QUICK_LOAD = 20

/** Really uses every part once: paints a frame, encodes it with each codec, reads the fallback fonts. */
export async function examineEngine(): Promise<Examination[]> {
  const examinations = [
    await examine('build', engineBuild),
    await examine('painter', paintRed),
    await examine('load', timeLoading),
  ]
  for (const codec of videoCodecs) examinations.push(await examine(codec, () => encodeOne(codec)))
  examinations.push(
    await loadFallbacks(requiredFallbacks([{ text: 'Aق字' }], [])).then(
      (fonts) => ({ name: 'fonts', ok: fonts.length >= 3, found: `${fonts.length} fallback files read` }),
      (error: Error) => ({ name: 'fonts', ok: false, found: error.message }),
    ),
  )
  return examinations
}

async function examine(name: string, work: () => string | Promise<string>): Promise<Examination> {
  try {
    return { name, ok: true, found: await work() }
  } catch (error) {
    return { name, ok: false, found: (error as Error).message }
  }
}

const SIZE = 64

function paintRed(): string {
  const layers = [{ ty: 1, ind: 1, ip: 0, op: 1, st: 0, sw: SIZE, sh: SIZE, sc: '#ff0000', ks: {} }]
  const lottie = JSON.stringify({ v: '5.9.0', fr: 30, ip: 0, op: 1, w: SIZE, h: SIZE, assets: [], layers })
  const pixels = openPainter({
    lottie,
    width: SIZE,
    height: SIZE,
    background: null,
    resourcePath: '.',
  }).paint(0)
  if (pixels[0] !== 255 || pixels[3] !== 255) throw new Error('a red frame did not come out red')
  return 'paints'
}

/** The painter has loaded once before: what it reads lies in the system's cache. */
function timeLoading(): string {
  const begun = performance.now()
  paintRed()
  const milliseconds = Math.round(performance.now() - begun)
  return milliseconds <= QUICK_LOAD
    ? `a scene loads in ${milliseconds} ms`
    : `a scene loads in ${milliseconds} ms; rendering needs no installed fonts, and each load reads all of /usr/share/fonts`
}

async function encodeOne(codec: VideoCodec): Promise<string> {
  const settings: VideoSettings = {
    codec,
    width: SIZE,
    height: SIZE,
    fps: { num: 30, den: 1 },
    quality: 'draft',
    alpha: false,
  }
  const converter = createFrameConverter(settings)
  const encoder = openEncoder(settings)
  try {
    await encoder.encode(converter.convert(Buffer.alloc(SIZE * SIZE * 4, 255)), 0)
    const { packets } = await encoder.finish()
    if (packets.length === 0) throw new Error('gave no packet')
    return 'encodes'
  } finally {
    encoder.close()
    converter.close()
  }
}
