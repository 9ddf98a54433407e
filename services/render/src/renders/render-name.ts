import { z } from 'zod'

const payloadSchema = z.object({ tenantId: z.guid(), renderId: z.uuid() })

/** Names a render. */
export type RenderName = z.infer<typeof payloadSchema>

/** The render that a job is about. */
export function readRenderName(payload: unknown): RenderName {
  return payloadSchema.parse(payload)
}
