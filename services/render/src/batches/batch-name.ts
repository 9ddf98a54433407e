import { z } from 'zod'

const payloadSchema = z.object({ tenantId: z.guid(), batchId: z.uuid() })

/** Names a batch. */
export type BatchName = z.infer<typeof payloadSchema>

/** The batch that a job is about. */
export function readBatchName(payload: unknown): BatchName {
  return payloadSchema.parse(payload)
}
