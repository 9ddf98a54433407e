import type { Frame } from 'node-av/lib'
import type { EncodedStream } from './encoded-stream.ts'

/** One encoder run: a segment. */
export interface Encoder {
  /** Takes the next frame; `pts` is its number, 0, 1, 2, … The frame may be reused at once. */
  encode(frame: Frame, pts: number): void
  /** Takes what the encoder still holds and gives everything; after that only `close` is left. */
  finish(): EncodedStream
  /** Frees the encoder. */
  close(): void
}
