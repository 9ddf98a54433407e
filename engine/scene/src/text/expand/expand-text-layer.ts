import { type Layer, layerTypes, type Shape, type TextDocument } from '../../lottie/lottie-json.ts'
import { layoutText } from '../layout/layout-text.ts'
import { bakeText } from './bake-units.ts'
import { documentShapes } from './document-shapes.ts'
import { findUnsupported } from './find-unsupported.ts'
import { groupShape } from './group-shape.ts'
import { requestOfDocument } from './request-of-document.ts'
import { stateAt } from './state-at.ts'
import type { TextExpansion, TextExpansionContext, TextFinding, TextReport } from './text-expansion.ts'

/**
 * Lays the documents of a text layer out and turns it into a shape layer, which every player paints alike and without
 * fonts. Animators are evaluated here and become keyframes of groups of letters: selectors count letters in reading
 * order, in scripts from right to left too, and letters that join move as one. The layer itself is not changed.
 * Throws FONT_MISSING.
 */
export function expandTextLayer(layer: Layer, context: TextExpansionContext): TextExpansion {
  const { t: text, ...rest } = layer
  const findings: TextFinding[] = text === undefined ? [] : findUnsupported(text, context.path)
  const reports: TextReport[] = []
  const shapes: Shape[] = []
  const keyframes = text?.d.k ?? []
  const from = Math.max(Math.floor(layer.ip), Math.floor(context.ip))
  const to = Math.min(Math.ceil(layer.op), Math.ceil(context.op))
  keyframes.forEach(({ t, s: document }, index) => {
    const start = index === 0 ? from : Math.max(from, t)
    const end = Math.min(to, keyframes[index + 1]?.t ?? to)
    if (text === undefined || (end <= start && keyframes.length > 1)) return
    const language = context.language ?? ''
    const { stack, ascent, missingFont } = context.resolveFont(document.f, language, document.t)
    const request = requestOfDocument(document, context.settings, ascent)
    const layout = layoutText(request, stack)
    const height = stack.primary.metrics.ascent * layout.size
    const baked = bakeText(layout, document, text, height, request.box, start, Math.max(end, start))
    const group = documentShapes(layout, document, baked)
    shapes.push(...(keyframes.length === 1 ? group : [shownBetween(group, start, end)]))
    reports.push({ from: start, to: end, layout, stateAt: (frame) => stateAt(layout, baked, frame) })
    findings.push(...findingsOf(layout, document, stack.primary.hasFeature('smcp'), context.path))
    if (missingFont !== undefined) {
      const data = { layer: context.path, font: missingFont, used: stack.primary.family }
      findings.push({ code: 'FONT_NOT_IN_TEMPLATE', data })
    }
  })
  return { layer: { ...rest, ty: layerTypes.shape, shapes } as Layer, reports, findings }
}

/** Documents follow each other inside one layer, so that children, mattes and masks of it stay as they are. */
function shownBetween(items: readonly Shape[], start: number, end: number): Shape {
  return groupShape(items, {
    opacity: {
      a: 1,
      k: [
        { t: start - 1, s: [0], h: 1 },
        { t: start, s: [100], h: 1 },
        { t: end, s: [0], h: 1 },
      ],
    },
  })
}

function findingsOf(
  layout: TextReport['layout'],
  document: TextDocument,
  hasSmallCaps: boolean,
  layer: string,
): TextFinding[] {
  const findings: TextFinding[] = []
  const { missing, fits, scale } = layout
  if (missing.length > 0)
    findings.push({ code: 'TEXT_CHARACTERS_MISSING', data: { layer, characters: missing } })
  if (fits === 'shrunk') findings.push({ code: 'TEXT_SHRUNK', data: { layer, scale } })
  if (fits === 'overflows') findings.push({ code: 'TEXT_OVERFLOWS', data: { layer, scale } })
  if (document.ca === 2 && !hasSmallCaps)
    findings.push({ code: 'TEXT_SMALL_CAPS_UNSUPPORTED', data: { layer } })
  return findings
}
