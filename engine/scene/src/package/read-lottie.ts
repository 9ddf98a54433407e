import { FlatRenderError } from '@flatrender/contracts/errors'
import type { Layer, Lottie } from '../lottie/lottie-json.ts'
import { findLottieFault } from './find-lottie-fault.ts'

/** Parses a Lottie file and checks what everything else relies on. Errors: LOTTIE_INVALID. */
export function readLottie(bytes: Uint8Array | string, file: string): Lottie {
  let json: unknown
  try {
    json = JSON.parse(typeof bytes === 'string' ? bytes : new TextDecoder().decode(bytes))
  } catch (error) {
    throw new FlatRenderError('LOTTIE_INVALID', { file, reason: (error as Error).message })
  }
  const reason = findLottieFault(json)
  if (reason !== undefined) throw new FlatRenderError('LOTTIE_INVALID', { file, reason })
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
