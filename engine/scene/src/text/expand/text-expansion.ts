import type { FlatRenderError } from '@flatrender/contracts/errors'
import type { TextSlot } from '@flatrender/contracts/template'
import type { Layer } from '../../lottie/lottie-json.ts'
import type { FontStack } from '../fonts/font-stack.ts'
import type { Box, TextLayout } from '../layout/text-layout.ts'

/** What a template's manifest says about a text slot, as far as layout goes. */
export type TextSettings = Pick<
  TextSlot,
  'maxLines' | 'fit' | 'minScale' | 'alignment' | 'direction' | 'digits' | 'maxWidth'
>

/** The fonts of one text document. */
export interface ResolvedFont {
  readonly stack: FontStack
  /** As Lottie's font list says, in em above the baseline. */
  readonly ascent?: number
  /** What was asked for and is missing. */
  readonly missingFont?: string
}

/** Finds the fonts for a name of Lottie's font list, a language (empty when unknown) and the words themselves. */
export type FontResolver = (fontName: string, language: string, text: string) => ResolvedFont

/** What a text layer's shapes depend on beside the layer. */
export interface TextExpansionContext {
  readonly resolveFont: FontResolver
  /** The slot's rules; without them the text is set as the document says. */
  readonly settings?: TextSettings
  /** BCP 47. */
  readonly language?: string
  /** First and one-past-last frame of the layer's composition: nothing is baked outside. */
  readonly ip: number
  readonly op: number
  /** How the layer is called in findings, such as `Card/Title`. */
  readonly path: string
}

/** What can be found out about a text without failing. */
export type TextFindingCode =
  | 'FONT_NOT_IN_TEMPLATE'
  | 'TEXT_CHARACTERS_MISSING'
  | 'TEXT_OVERFLOWS'
  | 'TEXT_SHRUNK'
  | 'TEXT_ANIMATOR_UNSUPPORTED'
  | 'TEXT_SELECTOR_UNSUPPORTED'
  | 'TEXT_PATH_UNSUPPORTED'
  | 'TEXT_SMALL_CAPS_UNSUPPORTED'

/** Something about a text that somebody should know. The code's sentence and remedy are in the error definitions. */
export interface TextFinding {
  readonly code: TextFindingCode
  readonly data: FlatRenderError['data']
}

/** One document of a layer as it was laid out. */
export interface TextReport {
  /** Frames of the composition at which it shows. */
  readonly from: number
  readonly to: number
  readonly layout: TextLayout
  /**
   * The box around what is painted at a frame, in the layer's pixels, and its greatest opacity 0–1 under the text's
   * own animators (the layer's opacity is not in it). No box: nothing is painted.
   */
  stateAt(frame: number): { readonly box: Box | undefined; readonly opacity: number }
}

/** What a text layer becomes. */
export interface TextExpansion {
  /** A shape layer in the text layer's place: same index, parent, transform, masks, mattes and effects. */
  readonly layer: Layer
  readonly reports: readonly TextReport[]
  readonly findings: readonly TextFinding[]
}
