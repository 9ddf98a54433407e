/**
 * The Bodymovin dialect of Lottie, as far as we read and write it. Whatever is not named here is passed on as it
 * came: every object may hold more than its type says. Units: pixels, frames, percent, degrees, colours 0–1.
 */
export type Json = string | number | boolean | null | Json[] | { [key: string]: Json }

/** A keyframe's bezier handle in (time, value) space, 0–1; one number or one per dimension. */
export interface EaseHandle {
  x: number | number[]
  y: number | number[]
}

/** A moment of an animated property. `t` is a frame of the composition's time. */
export interface Keyframe<Value = number[]> {
  t: number
  s?: Value
  /** End value; Bodymovin before 5.5 wrote it, later files use the next keyframe's `s`. */
  e?: Value
  i?: EaseHandle
  o?: EaseHandle
  /** 1: holds until the next keyframe. */
  h?: number
  /** Spatial tangents of a position. */
  ti?: number[]
  to?: number[]
}

/** A number or vector that may move. `a: 1` means that `k` holds keyframes. */
export interface Property {
  a?: number
  k: number | number[] | Keyframe[]
  /** Slot id. */
  sid?: string
  /** Expression; no player of ours runs it. */
  x?: string | number
}

/** A position that Bodymovin wrote as separate dimensions. */
export interface SplitPosition {
  s: true
  x: Property
  y: Property
  z?: Property
}

/** Anchor, position, scale (percent), rotation (degrees), opacity (percent), skew and its axis. */
export interface Transform {
  a?: Property
  p?: Property | SplitPosition
  s?: Property
  r?: Property
  rz?: Property
  o?: Property
  sk?: Property
  sa?: Property
}

/** Vertices of a path; tangents are relative to their vertex. */
export interface Bezier {
  c: boolean
  v: number[][]
  i: number[][]
  o: number[][]
}

/** An item of a shape layer: a path, fill, stroke, group, …; `ty` says which. */
export interface Shape {
  ty: string
  nm?: string
  hd?: boolean
  it?: Shape[]
  [key: string]: unknown
}

/** What `ty` of a layer says. */
export const layerTypes = {
  precomp: 0,
  solid: 1,
  image: 2,
  null: 3,
  shape: 4,
  text: 5,
  audio: 6,
  camera: 13,
} as const

/** A layer of any type; what only one type has is optional. */
export interface Layer {
  ty: number
  nm?: string
  ind?: number
  parent?: number
  /** First and one-past-last frame at which it shows, in its composition's time. */
  ip: number
  op: number
  /** Frame of the composition at which the layer's own time is 0. */
  st: number
  /** Stretch of the layer's time: 2 plays half as fast. */
  sr?: number
  ks: Transform
  /** Hidden. */
  hd?: boolean
  refId?: string
  /** Size of a precomp layer. */
  w?: number
  h?: number
  /** Time remap of a precomp, in seconds. */
  tm?: Property
  /** Track matte type; the matte is `tp`, or the layer before. */
  tt?: number
  tp?: number
  /** Is a track matte. */
  td?: number
  masksProperties?: Json[]
  hasMask?: boolean
  ef?: Json[]
  shapes?: Shape[]
  t?: TextData
  sw?: number
  sh?: number
  sc?: string
  [key: string]: unknown
}

/** The words of a text layer from one keyframe on, and how they are set. */
export interface TextDocument {
  /** Font size in pixels. */
  s: number
  /** Name of an entry of `fonts.list`. */
  f: string
  t: string
  /** Justification: 0 start, 1 end, 2 center, 3–6 full with last line start/end/center/full. */
  j?: number
  /** Tracking in thousandths of an em. */
  tr?: number
  /** Line height in pixels. */
  lh?: number
  /** Baseline shift in pixels, up. */
  ls?: number
  fc?: number[]
  sc?: number[]
  sw?: number
  /** Stroke over fill. */
  of?: boolean
  /** Size and position of the box; absent for point text. */
  sz?: number[]
  ps?: number[]
  /** Vertical alignment in the box: 0 top, 1 center, 2 bottom; 3–5 the same by the ink. */
  vj?: number
  /** Caps: 0 as typed, 1 all capitals, 2 small capitals. */
  ca?: number
  [key: string]: unknown
}

/** Changes the letters that its selector chooses, by as much as it chooses them. */
export interface TextAnimator {
  nm?: string
  /** Range selector. */
  s?: RangeSelector
  /** What it changes. */
  a?: { [key: string]: Property }
}

/** Chooses letters by a range: start, end and offset. */
export interface RangeSelector {
  /** 0 range. */
  t?: number
  s?: Property
  e?: Property
  o?: Property
  /** Amount, percent. */
  a?: Property
  /** Based on: 1 characters, 2 characters excluding spaces, 3 words, 4 lines. */
  b?: number
  /** Shape: 1 square, 2 ramp up, 3 ramp down, 4 triangle, 5 round, 6 smooth. */
  sh?: number
  /** Units: 1 percent, 2 index. */
  r?: number
  rn?: number
  sm?: Property
  xe?: Property
  ne?: Property
}

/** What a text layer holds: documents by keyframe (`d`), animators, what they turn about, and a path. */
export interface TextData {
  d: { k: { t: number; s: TextDocument }[]; sid?: string }
  a?: TextAnimator[]
  m?: { g?: number; a?: Property }
  p?: { [key: string]: Json }
}

/** A picture (`p`, in folder `u`) or a composition (`layers`) that layers refer to. */
export interface Asset {
  id: string
  nm?: string
  w?: number
  h?: number
  u?: string
  p?: string
  e?: number
  sid?: string
  layers?: Layer[]
  fr?: number
  [key: string]: unknown
}

/** An entry of `fonts.list`; documents name it by `fName`. */
export interface LottieFont {
  fName: string
  fFamily: string
  fStyle?: string
  fWeight?: string
  fPath?: string
  ascent?: number
  [key: string]: unknown
}

/** A named stretch of the composition's time. */
export interface Marker {
  /** Frame. */
  tm: number
  /** Duration in frames. */
  dr: number
  /** Comment: the marker's name. */
  cm: string
}

/** A whole animation: `w` × `h` pixels, frames from `ip` to before `op`, `fr` of them a second. */
export interface Lottie {
  v: string
  nm?: string
  fr: number
  ip: number
  op: number
  w: number
  h: number
  assets?: Asset[]
  layers: Layer[]
  fonts?: { list: LottieFont[] }
  chars?: Json[]
  markers?: Marker[]
  slots?: { [id: string]: { p: Json; t?: number } }
  [key: string]: unknown
}
