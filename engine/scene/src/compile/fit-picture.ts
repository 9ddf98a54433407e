import type { Crop, FocalPoint } from '@flatrender/contracts/template'

/** Where a picture lies in its box: scale factor, and where its top left corner is, box pixels. */
export interface Placement {
  readonly scale: number
  readonly x: number
  readonly y: number
  /** The part of the picture that may show, picture pixels. */
  readonly visible: {
    readonly x: number
    readonly y: number
    readonly width: number
    readonly height: number
  }
  /** Does the picture reach past that part where the box would show it? */
  readonly cut: boolean
}

const WHOLE: Crop = { x: 0, y: 0, width: 1, height: 1 }

/**
 * Fits the (cropped) picture into its box: `cover` fills it and cuts what stands over, keeping the focal point as
 * near the middle as it can be; `contain` shows all of it in the middle.
 */
export function fitPicture(
  picture: { readonly width: number; readonly height: number },
  box: { readonly width: number; readonly height: number },
  fit: 'cover' | 'contain',
  focal: FocalPoint,
  crop: Crop = WHOLE,
): Placement {
  const visible = {
    x: crop.x * picture.width,
    y: crop.y * picture.height,
    width: crop.width * picture.width,
    height: crop.height * picture.height,
  }
  const ratios = [box.width / visible.width, box.height / visible.height] as const
  const scale = fit === 'cover' ? Math.max(...ratios) : Math.min(...ratios)
  const along = (boxSize: number, size: number, start: number, focus: number): number => {
    const spare = boxSize - size * scale
    if (fit === 'contain') return spare / 2 - start * scale
    const centred = boxSize / 2 - (focus - start) * scale
    return Math.min(0, Math.max(spare, centred)) - start * scale
  }
  return {
    scale,
    x: along(box.width, visible.width, visible.x, focal.x * picture.width),
    y: along(box.height, visible.height, visible.y, focal.y * picture.height),
    visible,
    // Covering, the box itself cuts everything off.
    cut: fit === 'contain' && (crop.width < 1 || crop.height < 1),
  }
}
