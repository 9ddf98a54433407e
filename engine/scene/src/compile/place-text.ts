import { type Layer, type Lottie, layerTypes } from '../lottie/lottie-json.ts'
import type { SlotLayer } from '../measure/measure-slots.ts'
import type { ResolvedScene, TextValueResolved } from '../story/story.ts'
import { createFontResolver } from '../text/expand/create-font-resolver.ts'
import { expandTextLayer } from '../text/expand/expand-text-layer.ts'
import type { TextExpansion, TextFinding, TextSettings } from '../text/expand/text-expansion.ts'
import type { Font } from '../text/fonts/font.ts'

/** Fonts and language of all texts of a video. */
export interface TextSetting {
  /** The template's fonts, opened. */
  readonly fonts: readonly Font[]
  /** Our fallback fonts that the texts need, opened. */
  readonly fallbacks: readonly Font[]
  /** BCP 47; the words themselves say when absent. */
  readonly language?: string
}

/** How one text came out. */
export interface TextFit {
  /** Absent for words that the template itself brings. */
  readonly slot?: string
  /** The layer's path: names from the composition down. */
  readonly layer: string
  readonly text: string
  readonly fits: 'fits' | 'shrunk' | 'overflows'
  /** Percent of the designed size. */
  readonly scale: number
  /** Grapheme clusters that no font has. */
  readonly missing: readonly string[]
  readonly findings: readonly TextFinding[]
}

/** Lays out every text layer of the animation and puts shapes in its place. Errors: FONT_MISSING. */
export function placeText(
  lottie: Lottie,
  slots: ReadonlyMap<Layer, string>,
  resolved: ResolvedScene,
  setting: TextSetting,
): { texts: TextFit[]; slotLayers: SlotLayer[] } {
  const resolveFont = createFontResolver({ list: lottie.fonts?.list ?? [], ...setting })
  const texts: TextFit[] = []
  const slotLayers: SlotLayer[] = []
  const compositions = [
    { name: '', layers: lottie.layers, ip: lottie.ip, op: lottie.op },
    ...(lottie.assets ?? []).flatMap(({ id, nm, layers }) =>
      layers === undefined ? [] : [{ name: `${nm ?? id}/`, layers, ip: -Infinity, op: Infinity }],
    ),
  ]
  for (const { name, layers, ip, op } of compositions) {
    layers.forEach((layer, index) => {
      if (layer.ty !== layerTypes.text) return
      const slot = slots.get(layer)
      const path = `${name}${layer.nm ?? `#${layer.ind ?? index}`}`
      const expansion = expandTextLayer(layer, {
        resolveFont,
        ...settingsOf(resolved, slot),
        ...(setting.language !== undefined && { language: setting.language }),
        ip: Math.max(ip, layer.ip),
        op: Math.min(op, layer.op),
        path,
      })
      layers[index] = expansion.layer
      texts.push(describeFit(expansion, slot, path))
      if (slot !== undefined)
        slotLayers.push({ slot, kind: 'text', layer: expansion.layer, stateAt: createStateAt(expansion) })
    })
  }
  return { texts, slotLayers }
}

/** The slot's rules, and over them what the person chose for this text. */
function settingsOf(
  { scene, values }: ResolvedScene,
  slotId: string | undefined,
): { settings?: TextSettings } {
  const slot = slotId === undefined ? undefined : scene.slots[slotId]
  if (slotId === undefined || slot?.type !== 'text') return {}
  const value = values.get(slotId)
  const { alignment, direction, digits }: Partial<TextValueResolved> = value?.type === 'text' ? value : {}
  return {
    settings: {
      ...slot,
      alignment: alignment ?? slot.alignment,
      direction: direction ?? slot.direction,
      digits: digits ?? slot.digits,
    },
  }
}

const WORSE = { fits: 0, shrunk: 1, overflows: 2 } as const

/** Of several documents in a layer the worst counts. */
function describeFit({ reports, findings }: TextExpansion, slot: string | undefined, layer: string): TextFit {
  const layouts = reports.map(({ layout }) => layout)
  const fits = layouts.map((layout) => layout.fits).sort((a, b) => WORSE[b] - WORSE[a])[0] ?? 'fits'
  return {
    ...(slot !== undefined && { slot }),
    layer,
    text: layouts[0]?.text ?? '',
    fits,
    scale: Math.min(100, ...layouts.map(({ scale }) => scale)),
    missing: [...new Set(layouts.flatMap(({ missing }) => missing))],
    findings,
  }
}

function createStateAt({ reports }: TextExpansion): SlotLayer['stateAt'] {
  return (frame) => {
    const report =
      reports.find(({ from, to }) => frame >= from && frame < to) ??
      (reports.length === 1 ? reports[0] : undefined)
    return report?.stateAt(frame) ?? { box: undefined, opacity: 0 }
  }
}
