import type { Json, Lottie, Property, TextDocument } from '../lottie/lottie-json.ts'
import type { ResolvedValue } from '../story/story.ts'
import { parseColor } from './parse-color.ts'

const PALETTE = 'palette.'

/**
 * Writes colours, numbers and words into every property that carries a slot's id, and the template's own slot values
 * where the person gave none. Pictures are placed by `placeMedia`. Afterwards no property has a `sid` and the
 * animation no slots.
 */
export function bindSlots(
  lottie: Lottie,
  values: ReadonlyMap<string, ResolvedValue>,
  palette: Readonly<Record<string, string>>,
): void {
  const fallbacks = lottie.slots ?? {}
  delete lottie.slots
  visitBound(lottie, (property, sid) => {
    const fallback = fallbacks[sid]?.p as { a?: number; k?: Json } | undefined
    if (fallback?.k !== undefined) {
      property.k = structuredClone(fallback.k) as Property['k']
      if (fallback.a !== undefined) property.a = fallback.a
    }
    if (sid.startsWith(PALETTE)) bindPalette(property, sid, palette)
    else bindValue(property, values.get(sid))
    delete property.sid
  })
}

function bindValue(property: Property, value: ResolvedValue | undefined): void {
  switch (value?.type) {
    case 'color':
      setColor(property, value.color)
      return
    case 'number':
      property.a = 0
      property.k = Array.isArray(property.k) ? [value.number] : value.number
      return
    case 'text':
      for (const keyframe of property.k as unknown as { s: TextDocument }[]) {
        keyframe.s.t = value.text.replace(/\r\n?|\n/g, '\r')
      }
  }
}

/** `palette.primary` is a colour; `palette.primary,palette.accent` colours the stops of a gradient in turn. */
function bindPalette(property: Property, sid: string, palette: Readonly<Record<string, string>>): void {
  const colors = sid.split(',').map((role) => palette[role.trim().slice(PALETTE.length)])
  const stops = property.k
  if (colors.length === 1 || !Array.isArray(stops)) {
    if (colors[0] !== undefined) setColor(property, colors[0])
    return
  }
  colors.forEach((color, index) => {
    if (color === undefined || index * 4 + 3 >= stops.length) return
    const [r, g, b] = parseColor(color)
    stops.splice(index * 4 + 1, 3, ...([r, g, b] as never[]))
  })
}

function setColor(property: Property, color: string): void {
  property.a = 0
  property.k = parseColor(color)
}

type Bound = { sid?: unknown; [key: string]: unknown }

function visitBound(node: unknown, visit: (property: Property, sid: string) => void): void {
  if (typeof node !== 'object' || node === null) return
  if (Array.isArray(node)) {
    for (const item of node) visitBound(item, visit)
    return
  }
  const object = node as Bound
  for (const child of Object.values(object)) visitBound(child, visit)
  if (typeof object.sid === 'string' && 'k' in object) visit(object as unknown as Property, object.sid)
}
