import { type Layer, type Lottie, layerTypes } from '../lottie/lottie-json.ts'
import { checkMarkers } from './check-markers.ts'
import { createFinding, type Finding } from './finding.ts'

/** Match names of the effects that Skia's player paints (modules/skottie/src/effects/Effects.cpp). */
const EFFECTS: ReadonlySet<string> = new Set([
  'ADBE Black&White',
  'ADBE Brightness & Contrast 2',
  'ADBE Bulge',
  'ADBE Corner Pin',
  'ADBE Displacement Map',
  'ADBE Drop Shadow',
  'ADBE Easy Levels2',
  'ADBE Fill',
  'ADBE Fractal Noise',
  'ADBE Gaussian Blur 2',
  'ADBE Geometry2',
  'ADBE HUE SATURATION',
  'ADBE Invert',
  'ADBE Linear Wipe',
  'ADBE Motion Blur',
  'ADBE Pro Levels2',
  'ADBE Radial Wipe',
  'ADBE Ramp',
  'ADBE Sharpen',
  'ADBE Shift Channels',
  'ADBE Threshold2',
  'ADBE Tile',
  'ADBE Tint',
  'ADBE Tritone',
  'ADBE Venetian Blinds',
  'CC Sphere',
  'CC Toner',
])
/** Older exports have a number instead of a match name: tint, fill, tritone, drop shadow, radial wipe, blur. */
const EFFECT_NUMBERS: ReadonlySet<number> = new Set([20, 21, 23, 25, 26, 29])
/** Bodymovin writes expression controls as effects; they paint nothing and aren't meant to. */
const CONTROL = /Control|^ADBE (Slider|Point|Color|Checkbox|Angle|Layer|Dropdown)|^Pseudo\//
const PAINTED: ReadonlySet<number> = new Set([...Object.values(layerTypes), 15])
const LAYER_KINDS: Readonly<Record<number, string>> = {
  7: 'a placeholder',
  8: 'an image sequence',
  9: 'a video',
  10: 'a placeholder for a video',
  12: 'an adjustment layer',
  14: 'a light',
}
const PAINTED_STYLES: ReadonlySet<number> = new Set([1, 2, 3, 4])
const STYLES = [
  'stroke',
  'drop shadow',
  'inner shadow',
  'outer glow',
  'inner glow',
  'bevel',
  'satin',
  'color overlay',
  'gradient overlay',
]

/** What of an animation is not painted or heeded as its designer meant it, with the path of each layer. `file` is for the sentences. */
export function checkLottie(lottie: Lottie, file: string): Finding[] {
  const findings: Finding[] = []
  if (Number.parseInt(lottie.v ?? '0', 10) < 5) {
    findings.push(
      createFinding('BODYMOVIN_TOO_OLD', 'error', { file, version: lottie.v ?? 'of unknown version' }),
    )
  }
  const seen = new Set<string>()
  const visit = (layers: readonly Layer[], above: string): void => {
    layers.forEach((layer, index) => {
      const path = `${above}${layer.nm ?? `#${layer.ind ?? index}`}`
      findings.push(...checkLayer(layer, path, file))
      const asset = lottie.assets?.find(({ id }) => layer.ty === layerTypes.precomp && id === layer.refId)
      if (asset?.layers === undefined || seen.has(asset.id)) return
      seen.add(asset.id)
      visit(asset.layers, `${path}/`)
    })
  }
  visit(lottie.layers, '')
  findings.push(...checkMarkers(lottie, file))
  return findings
}

function checkLayer(layer: Layer, path: string, file: string): Finding[] {
  const findings: Finding[] = []
  if (!PAINTED.has(layer.ty)) {
    findings.push(
      createFinding('LAYER_UNSUPPORTED', 'error', {
        file,
        layer: path,
        kind: LAYER_KINDS[layer.ty] ?? `of type ${layer.ty}`,
      }),
    )
  }
  for (const effect of (layer.ef ?? []) as { mn?: string; nm?: string; ty?: number }[]) {
    const name = effect.mn ?? effect.nm ?? ''
    if (EFFECTS.has(name) || EFFECT_NUMBERS.has(effect.ty ?? -1) || CONTROL.test(name) || effect.ty === 5)
      continue
    findings.push(
      createFinding('EFFECT_UNSUPPORTED', 'error', { file, layer: path, effect: effect.nm ?? name }),
    )
  }
  for (const style of (layer.sy ?? []) as { ty?: number }[]) {
    if (PAINTED_STYLES.has(style.ty ?? -1)) continue
    findings.push(
      createFinding('LAYER_STYLE_UNSUPPORTED', 'error', {
        file,
        layer: path,
        style: STYLES[style.ty ?? -1] ?? 'of unknown kind',
      }),
    )
  }
  for (const property of findExpressions(layer, '')) {
    findings.push(createFinding('EXPRESSION_NOT_BAKED', 'error', { file, layer: path, property }))
  }
  return findings
}

/** Paths of properties that hold an expression: `x` is code beside a value `k`. */
function findExpressions(node: unknown, path: string): string[] {
  if (typeof node !== 'object' || node === null) return []
  const entries = Object.entries(node)
  const here = 'k' in node && 'x' in node && typeof node.x === 'string' ? [path] : []
  return [
    ...here,
    ...entries.flatMap(([key, child]) => findExpressions(child, path === '' ? key : `${path}.${key}`)),
  ]
}
