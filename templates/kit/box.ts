/** A rectangle of the composition in pixels, from its top left corner. */
export type Box = { x: number; y: number; width: number; height: number }

/** The middle of a box. */
export function centerOf(box: Box): [number, number] {
  return [box.x + box.width / 2, box.y + box.height / 2]
}

/** A box made smaller on every side (a negative margin makes it larger). */
export function inset(box: Box, horizontal: number, vertical = horizontal): Box {
  return {
    x: box.x + horizontal,
    y: box.y + vertical,
    width: box.width - 2 * horizontal,
    height: box.height - 2 * vertical,
  }
}

/** A box of the given size around a point. */
export function around([x, y]: readonly [number, number], width: number, height: number): Box {
  return { x: x - width / 2, y: y - height / 2, width, height }
}

/** Cuts a box into columns of equal width with a gutter between them. */
export function columns(box: Box, count: number, gutter: number): Box[] {
  const width = (box.width - gutter * (count - 1)) / count
  return Array.from({ length: count }, (_, index) => ({ ...box, x: box.x + index * (width + gutter), width }))
}

/** Cuts a box into rows of equal height with a gutter between them. */
export function rows(box: Box, count: number, gutter: number): Box[] {
  const height = (box.height - gutter * (count - 1)) / count
  return Array.from({ length: count }, (_, index) => ({
    ...box,
    y: box.y + index * (height + gutter),
    height,
  }))
}

/**
 * Stacks boxes of the given heights and gaps in a box, centred vertically: [height, gap, height, gap, height].
 * Answers the heights' boxes.
 */
export function stack(box: Box, parts: readonly number[]): Box[] {
  const total = parts.reduce((sum, part) => sum + part, 0)
  let y = box.y + (box.height - total) / 2
  const boxes: Box[] = []
  for (const [index, part] of parts.entries()) {
    if (index % 2 === 0) boxes.push({ ...box, y, height: part })
    y += part
  }
  return boxes
}
