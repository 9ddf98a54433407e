import { FlatRenderError } from '@flatrender/contracts/errors'
import type { TemplatePackage } from '../package/template-package.ts'

/** The wanted format; the template's first when none is wanted. Errors: TEMPLATE_FORMAT_UNKNOWN. */
export function chooseFormat({ manifest }: TemplatePackage, wanted: string | undefined): string {
  const known = Object.keys(manifest.formats)
  const format = wanted ?? known[0]!
  if (known.includes(format)) return format
  throw new FlatRenderError('TEMPLATE_FORMAT_UNKNOWN', { template: manifest.id, format, known })
}
