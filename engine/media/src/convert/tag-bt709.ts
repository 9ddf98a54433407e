import {
  AVCOL_PRI_BT709,
  AVCOL_RANGE_JPEG,
  AVCOL_RANGE_MPEG,
  AVCOL_SPC_BT709,
  AVCOL_SPC_RGB,
  AVCOL_TRC_BT709,
  AVCOL_TRC_IEC61966_2_1,
} from 'node-av/constants'
import type { Frame } from 'node-av/lib'

/** Marks a YUV frame as BT.709, limited range. */
export function tagBt709(frame: Frame): void {
  frame.colorSpace = AVCOL_SPC_BT709
  frame.colorPrimaries = AVCOL_PRI_BT709
  frame.colorTrc = AVCOL_TRC_BT709
  frame.colorRange = AVCOL_RANGE_MPEG
}

/**
 * Marks an RGB frame. On its way to YUV it says BT.709's curve, so that swscale changes the matrix alone;
 * as a picture of its own it says sRGB, which is what the painter means.
 */
export function tagRgb(frame: Frame, curve: 'srgb' | 'bt709'): void {
  frame.colorSpace = AVCOL_SPC_RGB
  frame.colorPrimaries = AVCOL_PRI_BT709
  frame.colorTrc = curve === 'srgb' ? AVCOL_TRC_IEC61966_2_1 : AVCOL_TRC_BT709
  frame.colorRange = AVCOL_RANGE_JPEG
}
