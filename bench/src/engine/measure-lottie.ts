import { writeFile } from 'node:fs/promises'
import path from 'node:path'
import { prepareLottie } from '@flatrender/engine-render'
import { openBenchEngine } from './bench-engine.ts'
import { lottiePath } from './bench-files.ts'
import { openEncodeOnly } from './measure-encode-only.ts'
import { median } from './median.ts'
import { timed } from './timed.ts'

/** A Lottie file rendered end to end, beside encoding alone of the same frames. */
export interface LottieMeasurement {
  readonly file: string
  readonly frames: number
  readonly framesPerSecond: number
  /** Encode-only seconds ÷ end-to-end seconds: 1 would mean that painting is free. */
  readonly encodeOnlyRatio: number
  readonly peakRssMegabytes: number
}

const OUTPUT = { container: 'mp4', codec: 'h264', resolution: '1920x1080' } as const

/**
 * Renders an animation from file to file with cold caches and warm workers, in turn with encoding the same frames
 * alone, `rounds` times; of the two ways of encoding the one counts that is better in most rounds.
 */
export async function measureLottie(name: string, rounds: number): Promise<LottieMeasurement> {
  const engine = await openBenchEngine()
  try {
    const first = await prepareLottie({ file: lottiePath(name), output: OUTPUT })
    const { settings, frames, pieces } = first.plan
    const lottieFile = path.join(engine.folder, 'compiled.json')
    await writeFile(lottieFile, first.lotties.get(pieces[0]!.lottie)!.json)
    const encoding = await openEncodeOnly({ lottieFile, settings, from: 0, to: frames })
    // The workers load their libraries and warm up on another size, which shares no segment.
    await engine.render(
      await prepareLottie({ file: lottiePath(name), output: { ...OUTPUT, resolution: '320x180' } }),
    )
    const spent = { together: [] as number[], apart: [] as number[], whole: [] as number[] }
    let rss = 0
    const encode = async () => {
      const { together, apart } = await encoding.measure()
      spent.together.push(together)
      spent.apart.push(apart)
    }
    const render = async () => {
      await engine.forget()
      const { seconds, result } = await timed(async () =>
        engine.render(await prepareLottie({ file: lottiePath(name), output: OUTPUT })),
      )
      rss = Math.max(rss, result.peakRss)
      spent.whole.push(seconds)
    }
    for (let round = 0; round < rounds; round++) {
      // A machine that has rested is faster at first: each has that in turn.
      for (const measure of round % 2 === 0 ? [encode, render] : [render, encode]) await measure()
    }
    encoding.close()
    const better = median(spent.together) < median(spent.apart) ? spent.together : spent.apart
    return {
      file: name,
      frames,
      framesPerSecond: frames / median(spent.whole),
      encodeOnlyRatio: median(spent.whole.map((seconds, round) => better[round]! / seconds)),
      peakRssMegabytes: rss / 1e6,
    }
  } finally {
    await engine.close()
  }
}
