import path from 'node:path'
import { FlatRenderError } from '@flatrender/contracts/errors'
import type { StillChoice } from '@flatrender/engine-render'

const FORMATS: Readonly<Record<string, StillChoice['format']>> = {
  png: 'png',
  jpg: 'jpeg',
  jpeg: 'jpeg',
  webp: 'webp',
}

/** A still's format by the end of its file's name. Errors: OUTPUT_FORMAT_UNKNOWN. */
export function stillFormatOf(file: string): StillChoice['format'] {
  const format = FORMATS[path.extname(file).slice(1).toLowerCase()]
  if (format !== undefined) return format
  throw new FlatRenderError('OUTPUT_FORMAT_UNKNOWN', {
    file,
    known: Object.keys(FORMATS).map((name) => `.${name}`),
  })
}
