import { FlatRenderError } from '@flatrender/contracts/errors'
import type { Standing } from '@flatrender/contracts/identity'
import { classOfSize, type Size } from '../output/class-of-size.ts'

/** The largest side of a snapshot, pixels. */
const LARGEST = 3840

/**
 * How large a picture of a composition will be: as wide as wanted, else as it was designed, but within what the plan allows.
 * Errors: RENDER_OVER_PLAN, OUTPUT_SETTINGS_INVALID for a height that is none.
 */
export function readSize(canvas: Size, wanted: number | undefined, plan: Standing['plan']): Size {
  const most = plan?.maxShortSidePixels ?? Number.POSITIVE_INFINITY
  const largest = Math.min(1, most / classOfSize(canvas), LARGEST / Math.max(canvas.width, canvas.height))
  const scale = wanted === undefined ? largest : wanted / canvas.width
  const size = { width: Math.round(canvas.width * scale), height: Math.round(canvas.height * scale) }
  if (wanted !== undefined && classOfSize(size) > most)
    throw new FlatRenderError('RENDER_OVER_PLAN', {
      plan: plan!.slug,
      what: 'pictures that fit into 16:9 with a short side',
      limit: `${most} pixels`,
      wanted: `${size.width}×${size.height}`,
    })
  if (size.height < 16 || size.height > LARGEST)
    throw new FlatRenderError('OUTPUT_SETTINGS_INVALID', {
      setting: 'width',
      value: wanted ?? size.width,
      reason: `the picture would be ${size.height} pixels high, and 16 to ${LARGEST} is possible`,
    })
  return size
}
