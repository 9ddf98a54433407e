import {
  AVCOL_PRI_BT2020,
  AVCOL_PRI_UNSPECIFIED,
  AVCOL_RANGE_MPEG,
  AVCOL_RANGE_UNSPECIFIED,
  AVCOL_SPC_BT709,
  AVCOL_SPC_BT2020_NCL,
  AVCOL_SPC_SMPTE170M,
  AVCOL_SPC_UNSPECIFIED,
  AVCOL_TRC_ARIB_STD_B67,
  AVCOL_TRC_SMPTE2084,
} from 'node-av/constants'
import type { Frame } from 'node-av/lib'
import type { Rotation } from './read-rotation.ts'

/** Fills in what a decoded frame does not say of its colours, as players guess it. */
export function assumeColours(frame: Frame): void {
  const hdr = isHdr(frame)
  if (frame.colorSpace === AVCOL_SPC_UNSPECIFIED)
    // Old standard definition is BT.601; whatever is larger is BT.709.
    frame.colorSpace = hdr ? AVCOL_SPC_BT2020_NCL : frame.height < 720 ? AVCOL_SPC_SMPTE170M : AVCOL_SPC_BT709
  if (hdr && frame.colorPrimaries === AVCOL_PRI_UNSPECIFIED) frame.colorPrimaries = AVCOL_PRI_BT2020
  if (hdr && frame.colorRange === AVCOL_RANGE_UNSPECIFIED) frame.colorRange = AVCOL_RANGE_MPEG
}

/** Does the frame use one of the two curves of high dynamic range, PQ or HLG? */
function isHdr(frame: Frame): boolean {
  return frame.colorTrc === AVCOL_TRC_SMPTE2084 || frame.colorTrc === AVCOL_TRC_ARIB_STD_B67
}

/**
 * The filters from a decoded frame to the RGBA picture that a player would show: standard dynamic range, square
 * pixels, upright. Width and height are those after turning.
 */
export function buildDisplayFilters(frame: Frame, rotation: Rotation, width: number, height: number): string {
  const filters = [
    `buffer@in=video_size=${frame.width}x${frame.height}:pix_fmt=${frame.format}:time_base=1/1:pixel_aspect=1/1` +
      `:colorspace=${frame.colorSpace}:range=${frame.colorRange}`,
  ]
  if (isHdr(frame))
    filters.push(
      // Reference white is 203 cd/m² (ITU-R BT.2408); what is brighter is rolled off, not cut off.
      'zscale=transfer=linear:npl=203',
      'format=gbrpf32le',
      'zscale=primaries=bt709',
      'tonemap=mobius:desat=0',
      'zscale=transfer=bt709:dither=none',
      'format=gbrp',
    )
  if (rotation === 90) filters.push('transpose=clock')
  if (rotation === 180) filters.push('hflip', 'vflip')
  if (rotation === 270) filters.push('transpose=cclock')
  // Bilinear concerns chroma alone where the size stays. accurate_rnd and bicubic take four times as long.
  filters.push(`scale=${width}:${height}:flags=bilinear+full_chroma_int+bitexact`)
  filters.push('format=rgba', 'buffersink@out')
  return filters.join(',')
}
