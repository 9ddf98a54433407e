import type { VideoSettings } from '@flatrender/contracts/engine'
import { FlatRenderError } from '@flatrender/contracts/errors'
import { AV_PIX_FMT_YUV420P } from 'node-av/constants'
import { createSwscaleConverter } from './convert-by-swscale.ts'
import { createI420Converter } from './convert-to-i420.ts'
import type { FrameConverter } from './frame-converter.ts'
import { findPixelLayout } from './pixel-layout.ts'

/**
 * The converter between painter and encoder for these settings. One picture in, one reused frame out.
 * @throws FlatRenderError OUTPUT_SETTINGS_INVALID when the codec has no transparency and `alpha` is set.
 */
export function createFrameConverter(settings: VideoSettings): FrameConverter {
  const { width, height } = settings
  const format = findPixelLayout(settings)
  if (format === undefined) {
    throw new FlatRenderError('OUTPUT_SETTINGS_INVALID', {
      setting: 'alpha',
      value: true,
      reason: `${settings.codec} cannot keep transparency`,
    })
  }
  if (format === AV_PIX_FMT_YUV420P) return createI420Converter(width, height)
  return createSwscaleConverter(width, height, format, settings.alpha)
}
