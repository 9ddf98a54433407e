import { z } from 'zod'
import { procedure } from '../call/procedure.ts'

const moment = z.iso.datetime()

/** How what two nodes painted compares. */
const spotOutcomes = ['pending', 'same', 'within_tolerance', 'different', 'abandoned'] as const

/** A segment that a second node painted too, to see whether it gets the same. */
const spotCheck = z.object({
  id: z.uuid(),
  /** Whose segment it is. */
  tenantId: z.guid(),
  segmentId: z.uuid(),
  /**
   * `same`: bit for bit. `within_tolerance`: pictures of two architectures, as alike as they are. `different`: a case, open until
   * a third node has told which of the two is odd. `abandoned`: there was nobody to paint it, or nothing left to compare with.
   */
  outcome: z.enum(spotOutcomes),
  /** Between pictures, of 255; null where hashes decided. */
  largestDifference: z.int().nullable(),
  firstNodeId: z.uuid(),
  secondNodeId: z.uuid().nullable(),
  /** Who was quarantined for it; null while nobody is known to be odd. */
  oddNodeId: z.uuid().nullable(),
  createdAt: moment,
  checkedAt: moment.nullable(),
  closedAt: moment.nullable(),
})
export type SpotCheckView = z.infer<typeof spotCheck>

/** Spot checks of the farm. They are the installation's, as nodes are. */
export const spotChecks = {
  list: procedure('nodes:read')
    .route({
      method: 'GET',
      path: '/spot-checks',
      summary: 'Do nodes paint alike?',
      description:
        'Segments that were painted by a second node, the newest first; `outcome=different` finds the cases that an unlike picture has opened. `next` is the `cursor` of the next page; null on the last.',
      tags: ['nodes'],
    })
    .input(
      z.object({
        outcome: z.enum(spotOutcomes).optional(),
        cursor: z.uuid().optional(),
        limit: z.coerce.number().int().min(1).max(100).default(20),
      }),
    )
    .output(z.object({ spotChecks: z.array(spotCheck), next: z.uuid().nullable() })),
}
