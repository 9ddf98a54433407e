import { AV_PKT_DATA_DISPLAYMATRIX } from 'node-av/constants'
import type { Stream } from 'node-av/lib'

/** How a player turns the pictures of a stream clockwise before showing them. */
export type Rotation = 0 | 90 | 180 | 270

/**
 * Reads the display matrix that phones write: nine fixed-point numbers, row by row. Its first two give the
 * angle; rotations between right angles are rounded to the next one.
 */
export function readRotation(stream: Stream): Rotation {
  const matrix = stream.codecpar.getCodedSideData(AV_PKT_DATA_DISPLAYMATRIX)
  if (!matrix || matrix.length < 36) return 0
  const degrees = (Math.atan2(matrix.readInt32LE(4), matrix.readInt32LE(0)) * 180) / Math.PI
  return ((((Math.round(degrees / 90) * 90) % 360) + 360) % 360) as Rotation
}
