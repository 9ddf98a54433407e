import type { Box } from './text-layout.ts'

/**
 * How far down a block moves whose first baseline stands at the box's top (Skottie's TextShaper.cpp, VAlign): `vj`
 * 0–2 align the union of line height and ink, 3–5 the ink alone; without it the first line starts at the top.
 */
export function alignVertically(
  box: Box,
  vj: number | undefined,
  ink: Box | undefined,
  typographic: { readonly top: number; readonly bottom: number },
): number {
  if (vj === undefined || vj < 0 || vj > 5) return box.y - typographic.top
  const inkTop = ink?.y ?? typographic.top
  const inkBottom = ink === undefined ? typographic.bottom : ink.y + ink.height
  const byInk = vj >= 3
  const top = byInk ? inkTop : Math.min(inkTop, typographic.top)
  const bottom = byInk ? inkBottom : Math.max(inkBottom, typographic.bottom)
  const place = vj % 3
  if (place === 0) return box.y - top
  if (place === 1) return box.y + box.height / 2 - (top + bottom) / 2
  return box.y + box.height - bottom
}
