import type { DigitStyle, FitPolicy, TextAlignment, TextDirection } from '@flatrender/contracts/template'
import type { Font } from '../fonts/font.ts'

/** A rectangle in pixels, y down. */
export interface Box {
  readonly x: number
  readonly y: number
  readonly width: number
  readonly height: number
}

/** What is to be laid out, and how. Lengths are pixels of the layer, y down. */
export interface TextRequest {
  readonly text: string
  /** Font size. */
  readonly size: number
  /** Distance of baselines. */
  readonly lineHeight: number
  /** Thousandths of an em between letters that don't join. */
  readonly tracking?: number
  /** Lifts the baseline. */
  readonly baselineShift?: number
  /** Lottie's `j`: 0 start, 1 end, 2 center, 3–6 full with the last line start, end, center, full. */
  readonly justification?: number
  /** Overrides `justification`; `template` keeps it. */
  readonly alignment?: TextAlignment
  /** The box that text wraps in. Without it the text stands on the layer's origin. */
  readonly box?: Box
  /** Width that point text may take. */
  readonly maxWidth?: number
  /** Lottie's `vj` in a box: 0–2 top, center, bottom by line height and ink, 3–5 by ink; else first line on top. */
  readonly verticalAlign?: number
  /** Height above the baseline at which the first line of a box starts, in em; the primary font's when absent. */
  readonly ascent?: number
  readonly direction?: TextDirection
  readonly digits?: DigitStyle
  /** 0 as typed, 1 all capitals, 2 small capitals. */
  readonly caps?: number
  /** Most lines; more is an overflow. */
  readonly maxLines?: number
  readonly fit?: FitPolicy
  /** Smallest share of the size that fitting may reach. */
  readonly minScale?: number
}

/** A glyph of a unit at its final size. */
export interface PlacedGlyph {
  readonly font: Font
  readonly glyphId: number
  /** From the unit's origin, in pixels, y down. */
  readonly x: number
  readonly y: number
}

/**
 * What moves as one: a grapheme cluster, a ligature, or a run of letters that join. Units are in logical (reading)
 * order.
 */
export interface TextUnit {
  readonly index: number
  readonly line: number
  /** Counted over the whole text; a space belongs to the word before it. */
  readonly word: number
  /** UTF-16 offsets into the layout's `text`. */
  readonly start: number
  readonly end: number
  /** Left end of its advance, and its baseline. */
  readonly x: number
  readonly y: number
  readonly advance: number
  readonly isSpace: boolean
  readonly glyphs: readonly PlacedGlyph[]
}

/** A line as it is set. Pixels, y down, from the layer's origin. */
export interface TextLine {
  readonly index: number
  /** UTF-16 offsets into the layout's `text`, the line's end without the character that broke it. */
  readonly start: number
  readonly end: number
  readonly baseline: number
  /** Left end and width without the spaces that hang over the end. */
  readonly x: number
  readonly width: number
  readonly direction: 'ltr' | 'rtl'
  /** Share of free width that stands to the left of it: 0 left, 0.5 centered, 1 right. */
  readonly factor: number
}

/** A text laid out: its lines, and the units that move as one. */
export interface TextLayout {
  /** As laid out: capitals and digits are written as wanted. */
  readonly text: string
  readonly lines: readonly TextLine[]
  readonly units: readonly TextUnit[]
  /** Font size and distance of baselines after fitting. */
  readonly size: number
  readonly lineHeight: number
  /** Percent of the asked size. */
  readonly scale: number
  readonly fits: 'fits' | 'shrunk' | 'overflows'
  /** Grapheme clusters that no font has, each once. */
  readonly missing: readonly string[]
  /** Around the painted glyphs, without stroke; undefined when nothing is painted. */
  readonly ink: Box | undefined
  /** Around the lines' widths and heights. */
  readonly bounds: Box
}
