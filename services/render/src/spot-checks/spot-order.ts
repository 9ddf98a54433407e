import { z } from 'zod'
import type { FrameJobName } from '../frame-jobs/new-frame-job.ts'

/** What a spot check's job bears beside its order, which nodes don't see. */
const spotInput = z.looseObject({
  spotCheck: z.object({ id: z.uuid(), turn: z.union([z.literal(2), z.literal(3)]) }),
})

/** Of which spot check an order is a part, and whether a second or a third node is asked; undefined for other work. */
export function readSpotCheck(input: unknown): { id: string; turn: 2 | 3 } | undefined {
  return spotInput.safeParse(input).data?.spotCheck
}

/** Where a node puts what it painted for a spot check. */
export const spotObjectKey = ({ tenantId, id }: FrameJobName, turn: 2 | 3): string =>
  `render/${tenantId}/spot-checks/${id}.${turn}`

/** The order of one segment of a job, to be painted once more. */
export function writeSpotOrder(
  input: Readonly<Record<string, unknown>>,
  check: FrameJobName,
  turn: 2 | 3,
): Record<string, unknown> {
  const [segment] = input.segments as Record<string, unknown>[]
  return {
    ...input,
    segments: [{ ...segment, objectKey: spotObjectKey(check, turn) }],
    spotCheck: { id: check.id, turn },
  }
}
