import { type Box, centerOf } from './box.ts'
import type { Face, Layer, LayerOptions } from './layer.ts'
import type { JsonObject, Property } from './property.ts'
import { round } from './round.ts'
import { colorAnimator, type TextAnimator } from './text-animator.ts'

const alignments = { start: 0, end: 1, center: 2 } as const
const verticals = { top: 0, center: 1, bottom: 2 } as const

const groupings = { characters: 1, words: 2, lines: 3 } as const

/** How words are set in a box. Sizes in pixels; `tracking` in thousandths of an em. */
export type TextStyle = {
  face: Face
  size: number
  /** Distance of the lines as a multiple of the size. */
  leading?: number
  tracking?: number
  align?: keyof typeof alignments
  vertical?: keyof typeof verticals
}

/** What a text layer takes beside its words and their setting. */
export type TextOptions = LayerOptions & {
  /** Slot id; absent: the words belong to the design. */
  slot?: string
  animators?: readonly TextAnimator[]
  /** What turns and grows as one: each character (as After Effects has it), or each word or line. */
  grouping?: keyof typeof groupings
}

/** A colour that a text can take: bound to a role, with the role's default for painters that don't know slots. */
export type TextColor = Property

/**
 * A text in a box, anchored at the box's middle, so that scaling and turning look right for either side that
 * the words are aligned to. The colour is an animator over all letters: a document's own fill has no `sid`.
 */
export function textLayer(
  name: string,
  words: string,
  box: Box,
  style: TextStyle,
  color: TextColor,
  { slot, animators = [], grouping = 'words', ...options }: TextOptions = {},
): Layer {
  const document = textDocument(words, box, style, color)
  return {
    name,
    type: 5,
    face: style.face,
    body: {
      t: {
        d: slot === undefined ? { k: [{ s: document, t: 0 }] } : { k: [{ s: document, t: 0 }], sid: slot },
        p: {},
        m: { g: groupings[grouping], a: { a: 0, k: grouping === 'words' ? [0, -50] : [0, 0] } },
        a: [...animators.map((one) => one.json), colorAnimator(color).json],
      },
    },
    ...options,
    transform: { position: centerOf(box), ...options.transform },
  }
}

function textDocument(words: string, box: Box, style: TextStyle, color: TextColor): JsonObject {
  const rgb = (color.k as readonly number[]).slice(0, 3)
  return {
    s: round(style.size),
    f: style.face.name,
    t: words,
    ca: 0,
    j: alignments[style.align ?? 'start'],
    vj: verticals[style.vertical ?? 'top'],
    tr: style.tracking ?? 0,
    lh: round(style.size * (style.leading ?? 1.25)),
    ls: 0,
    fc: rgb,
    sz: [round(box.width), round(box.height)],
    ps: [round(-box.width / 2), round(-box.height / 2)],
  }
}
