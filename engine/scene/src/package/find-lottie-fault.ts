import { type Layer, type Lottie, layerTypes } from '../lottie/lottie-json.ts'

/** Layers as a painter meets them, each precomp counted at every use; real animations stay below 10,000. */
const MOST_LAYERS = 100_000

type Loose<Type> = { [Key in keyof Type]?: unknown }

/** Why a parsed JSON can't be taken for a Lottie animation, as the end of a sentence; undefined when it can. */
export function findLottieFault(json: unknown): string | undefined {
  if (!isObject(json)) return 'it is not a JSON object'
  const { layers, assets = [], markers = [], fonts, ip, op, ...lottie } = json as Loose<Lottie>
  if (!Array.isArray(layers)) return 'it has no layers'
  for (const key of ['w', 'h', 'fr'] as const) {
    const value = lottie[key]
    if (typeof value !== 'number' || !(value > 0) || value > 100_000) return `its ${key} is ${String(value)}`
  }
  if (typeof ip !== 'number' || typeof op !== 'number' || !(op > ip) || op - ip > 1_000_000)
    return `it plays from frame ${String(ip)} to ${String(op)}`
  if (!Array.isArray(assets)) return 'its assets are no list'
  if (!(Array.isArray(markers) && markers.every(isObject))) return 'its markers are no list'
  if (fonts !== undefined && !(isObject(fonts) && Array.isArray(fonts.list))) return 'its fonts are no list'
  return (
    findAssetFault(assets) ??
    [layers, ...assets.map((asset) => asset.layers ?? [])]
      .map(findLayerFault)
      .find((fault) => fault !== undefined) ??
    findEndlessness(json as unknown as Lottie)
  )
}

function findAssetFault(assets: readonly unknown[]): string | undefined {
  for (const [index, asset] of assets.entries()) {
    if (!isObject(asset) || typeof asset.id !== 'string') return `its asset ${index} has no id`
    for (const key of ['p', 'u'] as const)
      if (asset[key] !== undefined && typeof asset[key] !== 'string')
        return `the path of its asset ${asset.id} is no text`
    if (asset.layers !== undefined && !Array.isArray(asset.layers))
      return `its asset ${asset.id} has no list of layers`
  }
  return undefined
}

function findLayerFault(layers: readonly unknown[]): string | undefined {
  for (const [index, layer] of layers.entries()) {
    if (!isObject(layer) || typeof layer.ty !== 'number') return `its layer ${index} has no type`
    const name = `its layer “${String(layer.nm ?? `#${String(layer.ind ?? index)}`)}”`
    for (const key of ['ip', 'op', 'st', 'sr', 'ind', 'parent', 'tt', 'tp'] as const)
      if (layer[key] !== undefined && typeof layer[key] !== 'number')
        return `${name} has ${key} ${JSON.stringify(layer[key])}`
    if (layer.sr === 0) return `${name} has sr 0`
    if (layer.ks !== undefined && !isObject(layer.ks)) return `${name} has no transform`
    if (layer.ty === layerTypes.text && !hasWords(layer.t)) return `${name} has no words`
  }
  return undefined
}

function hasWords(text: unknown): boolean {
  const documents = isObject(text) && isObject(text.d) ? text.d.k : undefined
  return (
    Array.isArray(documents) &&
    documents.length > 0 &&
    documents.every((one) => isObject(one) && isObject(one.s) && typeof one.s.t === 'string')
  )
}

/** A precomp inside itself never ends; ten that hold the next one ten times nearly so. */
function findEndlessness({ layers, assets = [] }: Lottie): string | undefined {
  const inner = new Map(
    assets.flatMap((asset) => (asset.layers === undefined ? [] : [[asset.id, asset.layers] as const])),
  )
  const counts = new Map<string, number>()
  const open = new Set<string>()
  let endless: string | undefined
  const count = (list: readonly Layer[]): number =>
    list.reduce((sum, layer) => sum + 1 + countInside(layer), 0)
  const countInside = ({ ty, refId }: Layer): number => {
    const inside = ty === layerTypes.precomp && refId !== undefined ? inner.get(refId) : undefined
    if (inside === undefined || refId === undefined || endless !== undefined) return 0
    if (open.has(refId)) {
      endless = `its composition ${refId} holds itself`
      return 0
    }
    open.add(refId)
    const known = counts.get(refId) ?? count(inside)
    counts.set(refId, known)
    open.delete(refId)
    return known
  }
  const total = count(layers)
  if (endless !== undefined) return endless
  return total > MOST_LAYERS ? `${total} layers would have to be painted` : undefined
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
