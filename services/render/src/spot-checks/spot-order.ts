import { keyOfSegment, type SegmentSource } from '@flatrender/engine-scene'
import { z } from 'zod'
import type { FrameJobName } from '../frame-jobs/new-frame-job.ts'

/** Whether a second or a third node is asked. */
export type SpotTurn = 2 | 3

/** What a spot check's job bears beside its order, which nodes don't see. */
const spotInput = z.looseObject({
  spotCheck: z.object({
    id: z.uuid(),
    turn: z.union([z.literal(2), z.literal(3)]),
    /** The job by which the second node painted, once it has. */
    second: z.uuid().optional(),
  }),
})
export type SpotInput = z.infer<typeof spotInput>['spotCheck']

/** Of which spot check an order is a part; undefined for other work. */
export function readSpotCheck(input: unknown): SpotInput | undefined {
  return spotInput.safeParse(input).data?.spotCheck
}

/** Where a node puts what it painted for a spot check. */
export const spotObjectKey = ({ tenantId, id }: FrameJobName, turn: SpotTurn): string =>
  `render/${tenantId}/spot-checks/${id}.${turn}`

/** The order of one segment of a job, to be painted once more, under the key that it has on that build. */
export function writeSpotOrder(
  input: Readonly<Record<string, unknown>>,
  { tenantId, ...spotCheck }: SpotInput & FrameJobName,
  engine: string | null,
): Record<string, unknown> {
  const { settings, background, piece, segments } = input as unknown as {
    readonly settings: SegmentSource['settings']
    readonly background: SegmentSource['background']
    readonly piece: Pick<SegmentSource, 'lottie' | 'step' | 'still'>
    readonly segments: readonly [{ readonly key: string; readonly from: number; readonly to: number }]
  }
  const [segment] = segments
  const { lottie, step, still } = piece
  const { from, to } = segment
  const key =
    engine === null
      ? segment.key
      : keyOfSegment({ engine, lottie, step, still, from, to, settings, background })
  const objectKey = spotObjectKey({ tenantId, id: spotCheck.id }, spotCheck.turn)
  return { ...input, segments: [{ ...segment, key, objectKey }], spotCheck }
}
