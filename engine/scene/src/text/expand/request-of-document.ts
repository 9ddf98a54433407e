import type { TextDocument } from '../../lottie/lottie-json.ts'
import type { Box, TextRequest } from '../layout/text-layout.ts'
import type { TextSettings } from './text-expansion.ts'

/** Line height of a document that doesn't say: After Effects' automatic leading. */
const AUTOMATIC_LEADING = 1.2

/**
 * What a Lottie text document asks for. A slot's settings come first; without them Skottie's own fields count
 * (`d` direction, `rs` 1 and 2 resize, `mf` smallest size, `xl` most lines).
 */
export function requestOfDocument(
  document: TextDocument,
  settings: TextSettings | undefined,
  ascent: number | undefined,
): TextRequest {
  const box = boxOf(document)
  const size = Math.min(Math.max(document.s, 0.1), 1296)
  const resizes = document.rs === 1 || document.rs === 2
  const smallest = typeof document.mf === 'number' && document.mf > 0 ? document.mf / size : 0.1
  const lines = typeof document.xl === 'number' && document.xl > 0 ? document.xl : undefined
  const maxLines = settings?.maxLines ?? lines
  return {
    text: document.t,
    size,
    lineHeight: document.lh ?? size * AUTOMATIC_LEADING,
    tracking: document.tr ?? 0,
    baselineShift: document.ls ?? 0,
    justification: document.j ?? 0,
    alignment: settings?.alignment ?? 'template',
    direction: directionOf(document, settings),
    digits: settings?.digits ?? 'keep',
    caps: document.ca ?? 0,
    fit: settings?.fit ?? (resizes ? 'wrap+shrink' : 'none'),
    minScale: settings?.minScale ?? Math.min(smallest, 1),
    ...(maxLines === undefined ? {} : { maxLines }),
    ...(box === undefined ? {} : { box }),
    ...(settings?.maxWidth === undefined ? {} : { maxWidth: settings.maxWidth }),
    ...(document.vj === undefined ? {} : { verticalAlign: document.vj }),
    ...(ascent === undefined ? {} : { ascent }),
  }
}

function boxOf({ sz, ps }: TextDocument): Box | undefined {
  const [width = 0, height = 0] = sz ?? []
  if (width <= 0) return undefined
  return { x: ps?.[0] ?? 0, y: ps?.[1] ?? 0, width, height }
}

function directionOf(document: TextDocument, settings: TextSettings | undefined): 'auto' | 'ltr' | 'rtl' {
  if (settings !== undefined && settings.direction !== 'auto') return settings.direction
  return document.d === 1 ? 'rtl' : 'auto'
}
