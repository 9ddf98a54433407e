import { type Actor, actorSchema, type Call, callAsSystem } from '@flatrender/contracts/call'
import { outputChoiceSchema } from '@flatrender/contracts/render'
import { z } from 'zod'

/** What is kept of a batch's request: who asked, and what all rows share. */
export const batchRequestSchema = z.object({
  actor: actorSchema,
  modifications: z.record(z.string(), z.unknown()),
  output: outputChoiceSchema,
})
export type BatchRequest = z.infer<typeof batchRequestSchema>

/** Who asked, as far as it decides what their renders may use: their login may be over by the time. */
export function keepActor({ permissions, sessionId: _, ...actor }: Actor): Actor {
  return { ...actor, permissions: permissions.filter((one) => one === 'users:read'), sessionId: null }
}

/** A call on behalf of who asked, made by a job. */
export function callOf({ actor }: BatchRequest): Call {
  return { ...callAsSystem(actor.tenantId), actor }
}
