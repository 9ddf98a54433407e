import { execFile } from 'node:child_process'
import { access } from 'node:fs/promises'
import path from 'node:path'
import { promisify } from 'node:util'
import { prepareLottie } from '@flatrender/engine-render'
import { openBenchEngine, workers } from './bench-engine.ts'
import { lottiePath, root } from './bench-files.ts'
import { loopLottie } from './loop-lottie.ts'
import { median } from './median.ts'
import { timed } from './timed.ts'

/** The same Lottie rendered by another renderer. */
export interface RemotionMeasurement {
  /** Remotion's seconds ÷ ours, for the same 60 frames. */
  readonly remotionRatio: number
}

const PEER = path.join(root, 'bench/peers/remotion')
const FRAMES = 60
const OUTPUT = { container: 'mp4', codec: 'h264', resolution: '1920x1080', fps: 30 } as const

/**
 * The same 60 frames by Remotion and by us, half of our rounds before its and half after. Neither counts starting
 * its processes. Skipped where the peer or Chromium is not installed.
 */
export async function measureRemotion(
  name: string,
  rounds: number,
): Promise<RemotionMeasurement | { readonly skipped: string }> {
  const browser = await findChromium()
  if (browser === undefined) return { skipped: 'no Chromium is installed (set CHROMIUM_PATH)' }
  if (!(await exists(path.join(PEER, 'node_modules'))))
    return { skipped: 'run npm ci --prefix bench/peers/remotion first' }
  const engine = await openBenchEngine()
  try {
    const ours: number[] = []
    const file = await loopLottie(name, FRAMES, engine.folder)
    const renderOnce = async () => {
      await engine.forget()
      return (await timed(async () => engine.render(await prepareLottie({ file, output: OUTPUT })))).seconds
    }
    await renderOnce()
    for (let round = 0; round < rounds; round++) ours.push(await renderOnce())
    const { stdout } = await promisify(execFile)(process.execPath, [
      path.join(PEER, 'measure.mjs'),
      lottiePath(name),
      browser,
      String(rounds),
      String(workers),
    ])
    const { seconds } = JSON.parse(stdout.trim().split('\n').at(-1)!) as { seconds: number[] }
    for (let round = 0; round < rounds; round++) ours.push(await renderOnce())
    return { remotionRatio: median(seconds) / median(ours) }
  } finally {
    await engine.close()
  }
}

async function findChromium(): Promise<string | undefined> {
  for (const candidate of [process.env.CHROMIUM_PATH, '/usr/bin/chromium', '/usr/bin/chromium-browser']) {
    if (candidate !== undefined && (await exists(candidate))) return candidate
  }
  return undefined
}

async function exists(file: string): Promise<boolean> {
  return access(file).then(
    () => true,
    () => false,
  )
}
