import type { Frame } from 'node-av/lib'

/** Turns painted pixels into the frame an encoder takes. */
export interface FrameConverter {
  /**
   * Converts width × height × 4 bytes of premultiplied RGBA, as `Painter.paint` gives them. The frame is the
   * converter's own and stays until the call after the next: an encoder may still be reading the one before.
   */
  convert(rgba: Buffer): Frame
  /** Frees its frames. */
  close(): void
}
