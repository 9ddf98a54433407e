import type { Frame } from 'node-av/lib'

/** Turns painted pixels into the frame an encoder takes. */
export interface FrameConverter {
  /**
   * Converts width × height × 4 bytes of premultiplied RGBA, as `Painter.paint` gives them. The frame is the
   * converter's own and overwritten by the next call; without a call it still holds the last picture.
   */
  convert(rgba: Buffer): Frame
  /** Frees the frame. */
  close(): void
}
