import { probeMedia } from '@flatrender/engine-media'
import { paintSegment } from '../paint/paint-segment.ts'
import { compareFiles } from './compare-files.ts'
import { joinSegments } from './join-segments.ts'
import { layPicture } from './lay-picture.ts'
import { mixSound } from './mix-sound.ts'
import { paintStill } from './paint-still.ts'
import { takeThumbnail } from './take-thumbnail.ts'
import type { Sign, WorkOrder, WorkResult } from './work.ts'

/** Does what is ordered, whichever kind it is. `sign` is called as work goes on. Errors: those of the work. */
export async function carryOut(order: WorkOrder, sign: Sign): Promise<WorkResult> {
  switch (order.kind) {
    case 'paint':
      return paintSegment(order, sign)
    case 'probe':
      return probeMedia(order.file)
    case 'picture':
      return layPicture(order)
    case 'still':
      return paintStill(order)
    case 'thumbnail':
      return takeThumbnail(order)
    case 'sound':
      return mixSound(order, sign)
    case 'compare':
      return compareFiles(order)
    case 'assemble':
      return joinSegments(order, sign)
  }
}
