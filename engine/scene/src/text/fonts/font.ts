import type { FallbackId } from './fallback-id.ts'

/** What it takes to open a font, in a browser as in Node. */
export interface FontSource {
  /** TrueType or OpenType, already unpacked (no WOFF). */
  readonly bytes: Uint8Array
  readonly family: string
  /** `normal` or `italic`. */
  readonly style: string
  /** 1–1000, as CSS counts; of a variable font the weight that its default outlines have. */
  readonly weight: number
  /** SHA-256 of the bytes, in hex; names the font wherever it is cached. */
  readonly hash: string
  /** Axis values that are fixed, such as `{ wght: 700 }`. Without `wght` the text's own weight is used. */
  readonly variations?: Readonly<Record<string, number>>
  /** Set on fonts that we bring ourselves. */
  readonly fallback?: FallbackId
}

/** Vertical measures in em, up is positive (so `descent` is negative as a rule). */
export interface FontMetrics {
  readonly ascent: number
  readonly descent: number
  readonly lineGap: number
}

/** One directional run to shape: part of `text`, whose rest is context for joining letters. */
export interface ShapeRequest {
  readonly text: string
  /** UTF-16 offsets into `text`. */
  readonly start: number
  readonly end: number
  readonly rtl: boolean
  /** ISO 15924, such as `Arab`. */
  readonly script: string
  /** BCP 47; empty when unknown. */
  readonly language: string
  /** OpenType features that differ from the default, such as `-liga`. */
  readonly features: readonly string[]
}

/** One glyph in visual order. Lengths are font units, y up. */
export interface ShapedGlyph {
  readonly glyphId: number
  /** UTF-16 offset into the text at which its cluster begins. */
  readonly cluster: number
  readonly advance: number
  readonly x: number
  readonly y: number
}

/** Closed contours of cubic curves in em, y up: `[x, y, outX, outY, inX, inY]` a vertex, handles absolute. */
export type GlyphOutline = readonly (readonly OutlineVertex[])[]

/** A point of a glyph's contour with its handles, all absolute, in em, y up. */
export interface OutlineVertex {
  readonly x: number
  readonly y: number
  /** The handle towards the next vertex. */
  readonly outX: number
  readonly outY: number
  /** The handle from the vertex before. */
  readonly inX: number
  readonly inY: number
}

/** Left, top, right and bottom in em, y up; undefined for a glyph without ink. */
export interface GlyphInk {
  readonly left: number
  readonly top: number
  readonly right: number
  readonly bottom: number
}

/** An opened font at one weight. Shaped runs and outlines are remembered. */
export interface Font {
  readonly family: string
  readonly style: string
  readonly weight: number
  readonly hash: string
  readonly fallback: FallbackId | undefined
  readonly unitsPerEm: number
  readonly metrics: FontMetrics
  /** Can it be set in any weight? */
  readonly variableWeight: boolean
  has(codePoint: number): boolean
  hasFeature(tag: string): boolean
  shape(request: ShapeRequest): readonly ShapedGlyph[]
  outline(glyphId: number): GlyphOutline
  ink(glyphId: number): GlyphInk | undefined
  /** The same font in another weight; itself, unless the weight is variable and not fixed. */
  atWeight(weight: number): Font
}
