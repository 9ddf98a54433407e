import type { TextRequest } from './text-layout.ts'

/** Where a line stands: in a region between `left` and `right`, or about an anchor when they are equal. */
export interface LineAlignment {
  readonly left: number
  readonly right: number
  /** Share of the free width that goes to the left of the line: 0 left, 0.5 center, 1 right. */
  readonly factor: number
  readonly justified: boolean
}

/**
 * How a line of a direction is aligned. Point text's own justification (`j`) is about the anchor and stays as the
 * designer saw it, left or right; in a box, and when the slot asks for start or end, the direction decides.
 */
export function lineAlignment(request: TextRequest, rtl: boolean, lastOfParagraph: boolean): LineAlignment {
  const { box } = request
  const j = request.justification ?? 0
  const region = box ?? pointRegion(j, request.maxWidth)
  const left = region.x
  const right = region.x + region.width
  const override = request.alignment ?? 'template'
  if (override !== 'template') return { left, right, factor: overrideFactor(override, rtl), justified: false }
  const logical = box !== undefined && rtl
  const full = j >= 3 && box !== undefined
  const last = full ? ([0, 1, 2, 0][j - 3] ?? 0) : j
  const factor = last === 2 ? 0.5 : last === 1 ? (logical ? 0 : 1) : logical ? 1 : 0
  return { left, right, factor, justified: full && (!lastOfParagraph || j === 6) }
}

function overrideFactor(alignment: 'start' | 'center' | 'end' | 'left' | 'right', rtl: boolean): number {
  if (alignment === 'center') return 0.5
  if (alignment === 'left') return 0
  if (alignment === 'right') return 1
  return (alignment === 'start') === rtl ? 1 : 0
}

/** The width that point text may take, about its anchor at 0. */
function pointRegion(j: number, maxWidth: number | undefined): { x: number; width: number } {
  if (maxWidth === undefined) return { x: 0, width: 0 }
  if (j === 2) return { x: -maxWidth / 2, width: maxWidth }
  return { x: j === 1 ? -maxWidth : 0, width: maxWidth }
}
