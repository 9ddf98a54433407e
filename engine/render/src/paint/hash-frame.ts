import { createHash } from 'node:crypto'
import type { FrameConverter } from '@flatrender/engine-media'

/**
 * SHA-256 over a frame's planes as they go into the encoder, packed: what pads the lines of a frame is whatever was in
 * memory. Hexadecimal.
 */
export function hashFrame(frame: ReturnType<FrameConverter['convert']>): string {
  return createHash('sha256').update(frame.toBuffer()).digest('hex')
}
