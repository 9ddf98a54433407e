import { FlatRenderError } from '@flatrender/contracts/errors'
import { createCanvas, LottieAnimation } from '@napi-rs/canvas'

/** What to paint, and how large. */
export interface PainterOptions {
  /** A compiled Lottie, as JSON. */
  readonly lottie: string
  /** Pixels of the output; the composition is fitted into them, whole and in the middle. */
  readonly width: number
  readonly height: number
  /** A CSS colour under everything, or null for transparency. */
  readonly background: string | null
  /** The folder in which picture assets (`u` + `p`) are found. */
  readonly resourcePath: string
}

/** A loaded animation that paints any of its frames, in any order. */
export interface Painter {
  /** Length in frames of the composition. */
  readonly frames: number
  /** Frames a second of the composition, as Skottie read it. */
  readonly fps: number
  /**
   * Paints one frame, counted from the composition's in-point; fractions show the moment in between.
   * Returns width × height × 4 bytes of RGBA, **premultiplied** (the same as straight where nothing shines
   * through). The picture is the painter's own, and is empty after the next call.
   */
  paint(frame: number): Buffer
}

/**
 * Loads a Lottie into Skia's player. It reads fonts, slots and pictures, but runs no expressions.
 * @throws FlatRenderError LOTTIE_UNREADABLE when Skottie refuses the document.
 */
export function openPainter(options: PainterOptions): Painter {
  const { width, height, background } = options
  const animation = loadAnimation(options)
  const canvas = createCanvas(width, height)
  const context = canvas.getContext('2d')
  const whole = { x: 0, y: 0, width, height }
  let last: Buffer | undefined

  return {
    // Skottie computes in seconds: 100 frames come back as 99.9999976.
    frames: Math.round(animation.frames * 1000) / 1000,
    fps: animation.fps,
    paint(frame) {
      if (background === null) context.clearRect(0, 0, width, height)
      else {
        // One pass over the picture instead of clearing and filling.
        context.globalCompositeOperation = 'copy'
        context.fillStyle = background
        context.fillRect(0, 0, width, height)
        context.globalCompositeOperation = 'source-over'
      }
      animation.seekFrame(frame)
      animation.render(context, whole)
      // Taken away, its memory is free in the event loop's next turn; a collection would let dozens pile up.
      ;(last?.buffer as ArrayBuffer | undefined)?.transfer(0)
      last = canvas.data()
      return last
    },
  }
}

function loadAnimation({ lottie, resourcePath }: PainterOptions): LottieAnimation {
  try {
    return LottieAnimation.loadFromData(lottie, { resourcePath })
  } catch (cause) {
    const reason = describeFault(lottie)
    throw new FlatRenderError('LOTTIE_UNREADABLE', { reason }, { cause })
  }
}

// Skottie says no more than “failed”.
function describeFault(lottie: string): string {
  try {
    const document: unknown = JSON.parse(lottie)
    if (typeof document !== 'object' || document === null) return 'it is not a JSON object'
    const missing = ['w', 'h', 'fr', 'op', 'layers'].filter((key) => !(key in document))
    if (missing.length > 0) return `it lacks ${missing.join(', ')}`
    return 'its size, rate or length is not positive, or its layers are malformed'
  } catch {
    return 'it is not JSON'
  }
}
