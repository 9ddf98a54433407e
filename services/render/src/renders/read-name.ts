import { z } from 'zod'
import type { RenderName } from '../segments/segments-system-store.ts'

const payloadSchema = z.object({ tenantId: z.guid(), renderId: z.uuid() })

/** The render that a job is about. */
export function readName(payload: unknown): RenderName {
  return payloadSchema.parse(payload)
}
