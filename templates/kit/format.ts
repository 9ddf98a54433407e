import type { Box } from './box.ts'

/** The formats that every starter template is made in. */
export type FormatName = '16:9' | '9:16' | '1:1'

/** Sizes of type in pixels: a scale of its own for each format, since a phone is held closer than a screen hangs. */
export type TypeScale = { display: number; headline: number; title: number; body: number; caption: number }

/** A format with its grid: everything is aligned to `safe`, twelve columns wide. */
export type Format = {
  name: FormatName
  /** Part of file names. */
  key: '16x9' | '9x16' | '1x1'
  width: number
  height: number
  /** The whole picture. */
  full: Box
  /** Inside the margins; for 9:16 also clear of what players lay over the top and bottom. */
  safe: Box
  gutter: number
  type: TypeScale
}

function defineFormat(
  name: FormatName,
  [width, height]: readonly [number, number],
  margins: { x: number; top: number; bottom: number },
  gutter: number,
  type: TypeScale,
): Format {
  return {
    name,
    key: name.replace(':', 'x') as Format['key'],
    width,
    height,
    full: { x: 0, y: 0, width, height },
    safe: {
      x: margins.x,
      y: margins.top,
      width: width - 2 * margins.x,
      height: height - margins.top - margins.bottom,
    },
    gutter,
    type,
  }
}

/** Every format with its grid and its scale of type. */
export const formats: readonly Format[] = [
  defineFormat('16:9', [1920, 1080], { x: 144, top: 108, bottom: 108 }, 48, {
    display: 168,
    headline: 104,
    title: 64,
    body: 44,
    caption: 36,
  }),
  defineFormat('9:16', [1080, 1920], { x: 84, top: 220, bottom: 280 }, 36, {
    display: 150,
    headline: 100,
    title: 64,
    body: 46,
    caption: 38,
  }),
  defineFormat('1:1', [1080, 1080], { x: 84, top: 84, bottom: 84 }, 32, {
    display: 128,
    headline: 82,
    title: 52,
    body: 38,
    caption: 32,
  }),
]

/** The value for a format: each is laid out on its own, none is a scaled other. */
export function pick<T>(format: Format, byFormat: Record<Format['key'], T>): T {
  return byFormat[format.key]
}

/** A span of the format's twelve columns, as high as the safe area. `from` counts from 0. */
export function span(format: Format, from: number, count: number): Box {
  const { safe, gutter } = format
  const column = (safe.width - gutter * 11) / 12
  return { ...safe, x: safe.x + from * (column + gutter), width: column * count + gutter * (count - 1) }
}
