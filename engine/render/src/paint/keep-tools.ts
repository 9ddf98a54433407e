import { readFileSync } from 'node:fs'
import type { VideoSettings } from '@flatrender/contracts/engine'
import {
  createFrameConverter,
  type FrameConverter,
  openPainter,
  type Painter,
  type PainterOptions,
} from '@flatrender/engine-media'

let lastLottie: { readonly file: string; readonly json: string } | undefined
let lastPainter: { readonly options: PainterOptions; readonly painter: Painter } | undefined
let lastConverter: { readonly settings: string; readonly converter: FrameConverter } | undefined

/** The JSON of a compiled Lottie, whose file is named by content; that of the last one is at hand. */
export function keepLottie(file: string): string {
  if (lastLottie?.file !== file) lastLottie = { file, json: readFileSync(file, 'utf8') }
  return lastLottie.json
}

/**
 * The painter that this process used last, if it fits: a worker paints several segments of a piece, and loading an
 * animation costs as much as painting some frames of it.
 */
export function keepPainter(options: PainterOptions): Painter {
  if (lastPainter !== undefined && isSame(lastPainter.options, options)) return lastPainter.painter
  const painter = openPainter(options)
  lastPainter = { options, painter }
  return painter
}

/** The converter that this process used last, if it fits; its memory is faulted in once. Not to be closed. */
export function keepConverter(settings: VideoSettings): FrameConverter {
  const wanted = JSON.stringify(settings)
  if (lastConverter?.settings === wanted) return lastConverter.converter
  lastConverter?.converter.close()
  const converter = createFrameConverter(settings)
  lastConverter = { settings: wanted, converter }
  return converter
}

function isSame(a: PainterOptions, b: PainterOptions): boolean {
  return (
    a.lottie === b.lottie &&
    a.width === b.width &&
    a.height === b.height &&
    a.background === b.background &&
    a.resourcePath === b.resourcePath
  )
}
