import type { VideoSettings } from '@flatrender/contracts/engine'
import { FlatRenderError } from '@flatrender/contracts/errors'
import { AV_PIX_FMT_YUV420P } from 'node-av/constants'
import { createSwscaleConverter } from './convert-by-swscale.ts'
import { createI420Converter } from './convert-to-i420.ts'
import type { FrameConverter } from './frame-converter.ts'
import { findPixelLayout } from './pixel-layout.ts'

/**
 * The converter between painter and encoder for these settings. Two of a kind take turns.
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
  const create = () =>
    format === AV_PIX_FMT_YUV420P
      ? createI420Converter(width, height)
      : createSwscaleConverter(width, height, format, settings.alpha)
  const pair = [create(), create()] as const
  let turn: 0 | 1 = 0
  return {
    convert(rgba) {
      turn = turn === 0 ? 1 : 0
      return pair[turn].convert(rgba)
    },
    close() {
      for (const one of pair) one.close()
    },
  }
}
