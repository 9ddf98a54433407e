import { copyJson } from '../lottie/copy-json.ts'
import { isAnimated } from '../lottie/evaluate-property.ts'
import type { Asset, Json, Keyframe, Lottie, Property, TextDocument } from '../lottie/lottie-json.ts'
import type { ResolvedValue } from '../story/story.ts'
import { kindOfProperty } from './kind-of-property.ts'
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
  const fallbacks = new Map(Object.entries(lottie.slots ?? {}).map(([id, slot]) => [id, slot?.p] as const))
  delete lottie.slots
  for (const asset of lottie.assets ?? []) takeFallbackPicture(asset, fallbacks.get(asset.sid ?? ''))
  visitBound(lottie, undefined, (property, sid, owner) => {
    const fallback = fallbacks.get(sid) as Partial<Property> | null | undefined
    if (fallback?.k !== undefined && isText(fallback as Property) === isText(property)) {
      property.k = copyJson(fallback.k)
      if (fallback.a !== undefined) property.a = fallback.a
    }
    if (sid.startsWith(PALETTE)) bindPalette(property, sid, palette, owner)
    else bindValue(property, values.get(sid))
    delete property.sid
  })
}

function isText(property: Property): boolean {
  return kindOfProperty(property) === 'text'
}

/** The template's own value of a picture slot has the shape of an asset. */
function takeFallbackPicture(asset: Asset, fallback: Json | undefined): void {
  const picture = (fallback ?? {}) as { w?: Json; h?: Json; u?: Json; p?: Json; e?: Json }
  if (typeof picture.p !== 'string') return
  const { w = asset.w, h = asset.h, u = '', p, e = 0 } = picture
  Object.assign(asset, { u, p, e, ...(typeof w === 'number' && { w }), ...(typeof h === 'number' && { h }) })
}

/** A value that the property can't take leaves it as it is; `checkBindings` says so to the template's author. */
function bindValue(property: Property, value: ResolvedValue | undefined): void {
  const kind = kindOfProperty(property)
  if (value?.type === 'color' && kind === 'color') setColor(property, value.color)
  if (value?.type === 'number' && kind !== 'text' && kind !== 'other') {
    const start = isAnimated(property) ? (property.k as Keyframe[])[0]?.s : property.k
    property.k = kind === 'number' ? value.number : (start as number[]).map(() => value.number)
    property.a = 0
  }
  if (value?.type === 'text' && kind === 'text') {
    for (const keyframe of property.k as unknown as { s: TextDocument }[])
      keyframe.s.t = value.text.replace(/\r\n?|\n/g, '\r')
  }
}

/** `palette.primary` is a colour; `palette.primary,palette.accent` colours the stops of a gradient in turn. */
function bindPalette(
  property: Property,
  sid: string,
  palette: Readonly<Record<string, string>>,
  owner: Bound | undefined,
): void {
  const colors = sid.split(',').map((part) => {
    const role = part.trim().slice(PALETTE.length)
    return Object.hasOwn(palette, role) ? palette[role] : undefined
  })
  const stops = typeof owner?.p === 'number' && owner.k === property ? owner.p : undefined
  if (stops === undefined) {
    if (colors[0] !== undefined) setColor(property, colors[0])
    return
  }
  const lists = isAnimated(property)
    ? (property.k as Keyframe[]).flatMap(({ s, e }) => [s ?? [], e ?? []])
    : [property.k as number[]]
  for (const list of lists) colorStops(list, stops, colors)
}

/** Stops are offset, red, green, blue; a single colour is for all of them. */
function colorStops(list: number[], stops: number, colors: readonly (string | undefined)[]): void {
  for (let stop = 0; stop < stops && stop * 4 + 3 < list.length; stop++) {
    const color = colors.length === 1 ? colors[0] : colors[stop]
    if (color !== undefined) list.splice(stop * 4 + 1, 3, ...parseColor(color).slice(0, 3))
  }
}

function setColor(property: Property, color: string): void {
  property.a = 0
  property.k = parseColor(color)
}

type Bound = { sid?: unknown; [key: string]: unknown }

function visitBound(
  node: unknown,
  owner: Bound | undefined,
  visit: (property: Property, sid: string, owner: Bound | undefined) => void,
): void {
  if (typeof node !== 'object' || node === null) return
  const object = node as Bound
  for (const key of Object.keys(object)) {
    const child = object[key]
    // A list under `k` holds values and keyframes, often most of the file, and never a property.
    if (key !== 'k' || !Array.isArray(child)) visitBound(child, object, visit)
  }
  if (typeof object.sid === 'string' && 'k' in object) visit(object as unknown as Property, object.sid, owner)
}
