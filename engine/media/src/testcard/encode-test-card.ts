import type { VideoSettings } from '@flatrender/contracts/engine'
import { createFrameConverter } from '../convert/create-frame-converter.ts'
import type { EncodedStream } from '../encode/encoded-stream.ts'
import { openEncoder } from '../encode/open-encoder.ts'
import { paintTestCard } from './paint-test-card.ts'

/** Encodes test cards `from` (inclusive) to `to` (exclusive) as one segment. */
export async function encodeTestCard(
  settings: VideoSettings,
  from: number,
  to: number,
): Promise<EncodedStream> {
  const converter = createFrameConverter(settings)
  const encoder = openEncoder(settings)
  try {
    for (let frame = from; frame < to; frame++) {
      const rgba = paintTestCard(frame, settings.width, settings.height, settings.alpha)
      await encoder.encode(converter.convert(rgba), frame - from)
    }
    return await encoder.finish()
  } finally {
    encoder.close()
    converter.close()
  }
}
