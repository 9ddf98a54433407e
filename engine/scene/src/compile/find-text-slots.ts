import { type Layer, type Lottie, layerTypes } from '../lottie/lottie-json.ts'
import { allLayers } from './all-layers.ts'

/** Text layer → the slot that its words are bound to. To be asked before the bindings are resolved. */
export function findTextSlots(lottie: Lottie): Map<Layer, string> {
  const found = new Map<Layer, string>()
  for (const layer of allLayers(lottie)) {
    const sid = layer.ty === layerTypes.text ? layer.t?.d.sid : undefined
    if (sid !== undefined) found.set(layer, sid)
  }
  return found
}
