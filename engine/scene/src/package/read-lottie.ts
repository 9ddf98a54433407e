import { FlatRenderError } from '@flatrender/contracts/errors'
import type { Layer, Lottie } from '../lottie/lottie-json.ts'
import { findLottieFault } from './find-lottie-fault.ts'
import { isNestedDeeper } from './is-nested-deeper.ts'

/** Lists and objects within each other; real animations stay below 60. Everything that walks them calls itself. */
const DEEPEST = 250

/** Parses a Lottie file and checks what everything else relies on. Errors: LOTTIE_INVALID. */
export function readLottie(bytes: Uint8Array | string, file: string): Lottie {
  const refuse = (reason: string) => new FlatRenderError('LOTTIE_INVALID', { file, reason })
  const text = typeof bytes === 'string' ? bytes : new TextDecoder().decode(bytes)
  if (isNestedDeeper(text, DEEPEST)) throw refuse(`it is nested deeper than ${DEEPEST} levels`)
  let json: unknown
  try {
    json = JSON.parse(text)
  } catch (error) {
    throw refuse((error as Error).message)
  }
  const fault = findLottieFault(json)
  if (fault !== undefined) throw refuse(fault)
  const lottie = json as Lottie
  for (const layers of [lottie.layers, ...(lottie.assets ?? []).map((asset) => asset.layers ?? [])])
    for (const layer of layers) fillDefaults(layer)
  return lottie
}

/** What players assume where an exporter leaves it out. */
function fillDefaults(layer: Layer): void {
  layer.ip ??= 0
  layer.op ??= 0
  layer.st ??= 0
  layer.ks ??= {}
}
