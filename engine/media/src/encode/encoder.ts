import type { Frame } from 'node-av/lib'
import type { EncodedStream } from './encoded-stream.ts'

/** One encoder run: a segment. */
export interface Encoder {
  /**
   * Takes the next frame; `pts` is its number, 0, 1, 2, … It works in a thread of its own: until the promise is
   * settled, the frame must stay as it is and nothing else be asked.
   */
  encode(frame: Frame, pts: number): Promise<void>
  /** Takes what the encoder still holds and gives everything; after that only `close` is left. */
  finish(): Promise<EncodedStream>
  /** Frees the encoder. */
  close(): void
}
