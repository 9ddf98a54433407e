import { easing } from './easing.ts'
import { tween } from './keyframes.ts'
import { type Animatable, asProperty, type JsonObject, type Property } from './property.ts'

/** An entry of a text layer's `t.a`. */
export type TextAnimator = { json: JsonObject }

const bases = { characters: 1, 'characters without spaces': 2, words: 3, lines: 4 } as const
export type Basis = keyof typeof bases

/** What a unit looks like while it is selected: offsets in pixels, percent, degrees. */
export type Selected = {
  position?: Animatable
  scale?: Animatable
  rotation?: Animatable
  opacity?: Animatable
}

/** Frames during which the selection travels over the text. */
export type Sweep = { by: Basis; from: number; to: number; selected: Selected }

/**
 * Brings the units in one after the other: a ramp, half as long as the text, passes over it in reading order
 * and leaves each unit in place.
 */
export function enterBy({ by, from, to, selected }: Sweep): TextAnimator {
  return animator(`Enter by ${by}`, by, tween(from, to, -100, 100, easing.enterText), selected, 'ramp up')
}

function animator(name: string, by: Basis, offset: Property, selected: Selected, shape: keyof typeof shapes) {
  const values: Record<string, Property> = {}
  if (selected.position !== undefined) values.p = asProperty(selected.position)
  if (selected.scale !== undefined) values.s = asProperty(selected.scale)
  if (selected.rotation !== undefined) values.r = asProperty(selected.rotation)
  if (selected.opacity !== undefined) values.o = asProperty(selected.opacity)
  return { json: { nm: name, s: selector(by, offset, shape), a: values } }
}

const shapes = { square: 1, 'ramp up': 2 } as const

function selector(by: Basis, offset: Property, shape: keyof typeof shapes): JsonObject {
  return {
    t: 0,
    xe: asProperty(0),
    ne: asProperty(shape === 'square' ? 0 : 70),
    a: asProperty(100),
    b: bases[by],
    rn: 0,
    sh: shapes[shape],
    s: asProperty(0),
    e: asProperty(100),
    o: offset,
    r: 1,
  }
}

/** Colours every letter; the only way for a text to follow a palette role. */
export function colorAnimator(color: Property): TextAnimator {
  return { json: { nm: 'Colour', s: selector('characters', asProperty(0), 'square'), a: { fc: color } } }
}
