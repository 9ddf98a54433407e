import type { FontStack } from '../fonts/font-stack.ts'
import { analyseParagraph, type Paragraph } from './analyse-paragraph.ts'
import { balanceLines } from './balance-lines.ts'
import { breakLines } from './break-lines.ts'
import { fitText } from './fit-text.ts'
import { placeBlock, type SetLine } from './place-block.ts'
import { prepareText } from './prepare-text.ts'
import { type ShapedLine, shapeLine } from './shape-line.ts'
import type { TextLayout, TextRequest } from './text-layout.ts'

/** Smaller differences are noise of floating-point numbers. */
const TOLERANCE = 0.01
/** Lottie's justifications from here on stretch lines to the box. */
const FULL = 3
/** Descenders may hang this far over the end of a box whose first line stands at its top, as After Effects has it. */
const HANGING_DESCENT = 0.3

/**
 * Lays a text out: bidi, line breaking, shaping, fitting, alignment. Pure and deterministic; equal requests with
 * equal fonts give equal numbers in a browser and in Node.
 */
export function layoutText(request: TextRequest, stack: FontStack): TextLayout {
  const text = prepareText(request.text, {
    digits: request.digits ?? 'keep',
    caps: request.caps ?? 0,
    language: stack.language,
  })
  const tracking = (request.tracking ?? 0) / 1000
  const style = { tracking, language: stack.language, smallCaps: request.caps === 2 }
  const paragraphs = splitParagraphs(text).map(({ start, part }) => {
    const paragraph = analyseParagraph(part, request.direction ?? 'auto', stack)
    const shaped = new Map<number, ShapedLine>()
    const shape = (from: number, to: number): ShapedLine => {
      const key = from * 100_003 + to
      const known = shaped.get(key)
      if (known !== undefined) return known
      const line = shapeLine(paragraph, from, to, style)
      shaped.set(key, line)
      return line
    }
    return { start, paragraph, shape }
  })
  const fit = request.fit ?? 'none'
  const width = request.box?.width ?? request.maxWidth
  const wraps = request.box !== undefined || (width !== undefined && fit === 'wrap+shrink')

  const attemptWith = (breakInto: typeof breakLines, scale: number) => {
    const size = request.size * scale
    const limit = wraps && width !== undefined ? (width + TOLERANCE) / size : Number.POSITIVE_INFINITY
    const broken = paragraphs.map(({ start, paragraph, shape }) => ({
      start,
      ...breakInto(paragraph, limit, tracking, shape),
    }))
    const lines: SetLine[] = broken.flatMap(({ start, lines }) =>
      lines.map((line, index) => ({ line, offset: start, last: index === lines.length - 1 })),
    )
    const block = placeBlock(request, stack, lines, scale)
    const fits =
      lines.length <= (request.maxLines ?? Number.POSITIVE_INFINITY) &&
      (width === undefined || lines.every(({ line }) => line.width * size <= width + TOLERANCE)) &&
      fitsHeight(request, block, size)
    return { fits, brokeWord: broken.some((paragraph) => paragraph.brokeWord), block, size }
  }

  const attempt = (scale: number) => attemptWith(breakLines, scale)
  const { scale, result: filled } =
    fit === 'none'
      ? { scale: 1, result: attempt(1) }
      : fitText(Math.min(Math.max(request.minScale ?? 0.5, 0.01), 1), attempt)
  // Full justification stretches filled lines; even ones would be stretched more.
  const balanced = (request.justification ?? 0) < FULL ? attemptWith(balanceLines, scale) : filled
  const result = balanced.fits ? balanced : filled
  return {
    text,
    ...result.block,
    size: result.size,
    lineHeight: request.lineHeight * scale,
    scale: Math.round(scale * 1000) / 10,
    fits: result.fits ? (scale < 1 ? 'shrunk' : 'fits') : 'overflows',
    missing: missingClusters(paragraphs.map(({ paragraph }) => paragraph)),
  }
}

function splitParagraphs(text: string): { start: number; part: string }[] {
  let start = 0
  return text.split('\n').map((part) => {
    const paragraph = { start, part }
    start += part.length + 1
    return paragraph
  })
}

function fitsHeight(request: TextRequest, block: Pick<TextLayout, 'ink' | 'lines'>, size: number): boolean {
  const { box } = request
  if (box === undefined || box.height <= 0) return true
  if (block.ink === undefined) return true
  if (request.verticalAlign !== undefined) return block.ink.height <= box.height + TOLERANCE
  const bottom = box.y + box.height + TOLERANCE
  const baseline = block.lines.at(-1)?.baseline ?? 0
  return baseline <= bottom && block.ink.y + block.ink.height <= bottom + HANGING_DESCENT * size
}

function missingClusters(paragraphs: readonly Paragraph[]): string[] {
  const missing = paragraphs.flatMap(({ text, clusters }) =>
    clusters.filter((cluster) => cluster.missing).map(({ start, end }) => text.slice(start, end)),
  )
  return [...new Set(missing)]
}
