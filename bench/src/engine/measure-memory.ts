import { prepareLottie } from '@flatrender/engine-render'
import { openBenchEngine } from './bench-engine.ts'
import { loopLottie } from './loop-lottie.ts'

/** What the largest worker took for one case. */
export interface MemoryMeasurement {
  readonly what: string
  readonly frames: number
  /** Of the largest worker. */
  readonly peakRssMegabytes: number
}

/** Peak memory of a worker: 1080p over 300 and 3,000 frames, and 4K. */
export async function measureMemory(): Promise<MemoryMeasurement[]> {
  const cases = [
    { what: '1080p', frames: 300, resolution: '1920x1080' },
    { what: '1080p', frames: 3000, resolution: '1920x1080' },
    { what: '2160p', frames: 180, resolution: '3840x2160' },
  ]
  const measured: MemoryMeasurement[] = []
  for (const { what, frames, resolution } of cases) {
    const engine = await openBenchEngine()
    try {
      const file = await loopLottie('bacon', frames, engine.folder)
      const output = { container: 'mp4', codec: 'h264', resolution } as const
      const result = await engine.render(await prepareLottie({ file, output }))
      measured.push({ what, frames: result.frames, peakRssMegabytes: result.peakRss / 1e6 })
    } finally {
      await engine.close()
    }
  }
  return measured
}
