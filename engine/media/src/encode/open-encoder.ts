import type { VideoSettings } from '@flatrender/contracts/engine'
import { FlatRenderError } from '@flatrender/contracts/errors'
import { findPixelLayout } from '../convert/pixel-layout.ts'
import { chooseCodecOptions, type EncoderOverrides } from './codec-options.ts'
import type { Encoder } from './encoder.ts'
import { openCodecEncoder } from './open-codec-encoder.ts'
import { openGifEncoder } from './open-gif-encoder.ts'
import { openWebpEncoder } from './open-webp-encoder.ts'

/**
 * Opens an encoder for one segment. It takes the frames of `createFrameConverter` for the same settings.
 * @throws FlatRenderError OUTPUT_SETTINGS_INVALID when the codec cannot do what is asked.
 */
export function openEncoder(settings: VideoSettings, overrides: EncoderOverrides = {}): Encoder {
  const format = findPixelLayout(settings)
  if (format === undefined) {
    const reason = `${settings.codec} cannot keep transparency`
    throw new FlatRenderError('OUTPUT_SETTINGS_INVALID', { setting: 'alpha', value: true, reason })
  }
  const choice = chooseCodecOptions(settings, overrides)
  if (settings.codec === 'gif') return openGifEncoder(settings, choice)
  if (settings.codec === 'webp') return openWebpEncoder(settings, format, choice)
  return openCodecEncoder(settings, format, choice, overrides.threads)
}
