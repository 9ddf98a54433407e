import { FlatRenderError } from '@flatrender/contracts/errors'
import { isCssColor } from '@flatrender/engine-media'

/** Refuses a colour under a picture that the painter doesn't know. Errors: OUTPUT_SETTINGS_INVALID. */
export function assertBackground(color: string): void {
  if (isCssColor(color)) return
  throw new FlatRenderError('OUTPUT_SETTINGS_INVALID', {
    setting: 'background',
    value: color,
    reason: 'it is no CSS colour, such as white or #1a2b3c',
  })
}
