import { parseRational } from '@flatrender/contracts/engine'
import { FlatRenderError } from '@flatrender/contracts/errors'
import {
  chooseRange,
  chooseRate,
  chooseSettings,
  makePlan,
  type OutputChoice,
} from '@flatrender/engine-scene'
import { engineBuild } from '../plan/engine-build.ts'
import { loadLottie } from './load-lottie.ts'
import type { PreparedRender } from './prepare-render.ts'

/** A plain Lottie file, and how it is wanted as a video. */
export interface LottieRequest {
  /** Path of the plain Lottie file. */
  readonly file: string
  readonly output: OutputChoice
  readonly range?: readonly [number, number]
  /** CSS colour under it; white when absent, as web pages have it. */
  readonly background?: string
}

/** Plans the render of a plain Lottie file, once from beginning to end. Errors: those of reading it and of settings. */
export async function prepareLottie(request: LottieRequest): Promise<PreparedRender> {
  const { lottie, files, texts, missing } = await loadLottie(request.file)
  const rate = parseRational(lottie.fr)
  if (rate === undefined)
    throw new FlatRenderError('LOTTIE_INVALID', { file: request.file, reason: `its rate is ${lottie.fr}` })
  const fps = chooseRate(request.output, rate)
  const settings = chooseSettings(request.output, { width: lottie.w, height: lottie.h }, fps)
  const step = (lottie.fr * fps.den) / fps.num
  const length = Math.max(1, Math.round((lottie.op - lottie.ip) / step))
  const range = chooseRange(request.range, length, fps)
  const json = JSON.stringify(lottie)
  const plan = makePlan({
    engine: engineBuild(),
    container: request.output.container,
    settings,
    background: settings.alpha ? null : (request.background ?? '#ffffff'),
    pieces: [{ name: 'animation', json, step, length, range, checks: [], still: [] }],
    audio: null,
  })
  const hash = plan.pieces[0]!.lottie
  return {
    plan,
    lotties: new Map([[hash, { lottie, json }]]),
    fileOfHash: new Map(),
    files,
    sound: undefined,
    texts,
    missing,
  }
}
