import { createHash } from 'node:crypto'
import type { FrameConverter } from '@flatrender/engine-media'

/** SHA-256 over a frame's planes as they go into the encoder, without what pads its lines. Hexadecimal. */
export function hashFrame(frame: ReturnType<FrameConverter['convert']>): string {
  const hash = createHash('sha256')
  for (const plane of frame.data ?? []) hash.update(plane)
  return hash.digest('hex')
}
