import { z } from 'zod'
import { procedure } from '../call/procedure.ts'
import {
  heldTemplateSchema,
  leaseSchema,
  nodeDescriptionSchema,
  nodeHealthSchema,
  nodeWishSchema,
  runningLeasesSchema,
} from './node.ts'
import { jobKinds, nodeOrderSchema } from './orders.ts'
import { nodeFailureSchema, nodeResultSchema } from './results.ts'

export type { HeldTemplate, Lease, NodeDescription, NodeHealth, NodeWish, RunningLease } from './node.ts'
export { MOST_NODE_WORKERS } from './node.ts'
export {
  type AssembleOrder,
  type CompareOrder,
  type FramesOrder,
  type InputFile,
  type JobKind,
  jobKinds,
  type NodeOrder,
  nodeOrderSchema,
  type ProbeOrder,
  type SnapshotOrder,
  type SoundOrder,
  type TemplateFile,
  type ThumbnailOrder,
} from './orders.ts'
export { type NodeCrash, type NodeFailure, type NodeResult, nodeResultSchema } from './results.ts'
export { storableJson, storableText } from './storable.ts'

/** Where nodes ask, behind the gateway. */
export const NODE_API_PREFIX = '/node/v1'

/** Audience of the tokens by which nodes sign their requests. */
export const NODE_TOKEN_AUDIENCE = 'flatrender-node'
/** Seconds for which a node makes such a token good. */
export const NODE_TOKEN_SECONDS = 50

/** A job under lease. */
const leasedJobSchema = leaseSchema.extend({
  kind: z.enum(jobKinds),
  /** 1 for the first try. */
  attempt: z.int().positive(),
  /** Seconds from the answer on; by the server's clock, whatever the node's says. */
  leaseSeconds: z.number().positive(),
  order: nodeOrderSchema,
})
export type LeasedJob = z.infer<typeof leasedJobSchema>

/**
 * What render nodes say to the farm: they ask, and are never called. But for `enrol`, every request carries
 * `Authorization: Bearer <JWT>` that the node signs with its own Ed25519 key (EdDSA; `sub` its id, `aud` `flatrender-node`,
 * `exp` at most a minute on). Until it ends it opens as often as it is shown.
 */
export const nodeContract = {
  enrol: procedure('anyone')
    .route({ method: 'POST', path: '/enrol', summary: 'Become a node, by a one-time token', tags: ['node'] })
    .input(
      z.object({
        token: z.string().min(20).max(200),
        /** Ed25519, raw, in base64url: 32 bytes. Sent again with the same token and key, it gets the same answer. */
        publicKey: z.string().regex(/^[\w-]{43}$/),
        description: nodeDescriptionSchema,
      }),
    )
    .output(z.object({ nodeId: z.uuid(), name: z.string() })),
  /** A node that has started: what its former life held, and it no longer does, is given back at once. */
  start: procedure('farm:work')
    .route({ method: 'POST', path: '/start', summary: 'Say that the node has started', tags: ['node'] })
    .input(
      z.object({ description: nodeDescriptionSchema, templates: z.array(heldTemplateSchema).max(10_000) }),
    )
    .output(
      z.object({
        name: z.string(),
        heartbeatSeconds: z.number().positive(),
        leaseSeconds: z.number().positive(),
      }),
    ),
  /** Waits until there is work, at most `waitSeconds`; then the answer is empty. */
  lease: procedure('farm:work')
    .route({ method: 'POST', path: '/lease', summary: 'Lease jobs', tags: ['node'] })
    .input(
      z.object({
        /** Jobs wanted: workers that stand idle. */
        want: z.int().min(1).max(16),
        /** Bytes that a worker may take. */
        memoryBytes: z.int().positive(),
        waitSeconds: z.number().min(0).max(25),
      }),
    )
    .output(z.object({ jobs: z.array(leasedJobSchema), wish: nodeWishSchema })),
  /** Renews leases, tells how the machine fares, hears what is wanted. What is lost is to be dropped. */
  beat: procedure('farm:work')
    .route({
      method: 'POST',
      path: '/beat',
      summary: 'Renew leases and tell how the machine fares',
      tags: ['node'],
    })
    .input(
      z.object({
        health: nodeHealthSchema,
        running: runningLeasesSchema,
        /** Does it take work now? Not while it drains, is paused, its disk is full, or somebody uses the machine. */
        takesWork: z.boolean(),
        /** Templates got and dropped since the last beat. */
        gained: z.array(heldTemplateSchema).max(1000),
        dropped: z.array(z.string()).max(1000),
      }),
    )
    .output(z.object({ lost: z.array(leaseSchema), wish: nodeWishSchema })),
  /** Errors: LEASE_LOST. */
  complete: procedure('farm:work')
    .route({ method: 'POST', path: '/complete', summary: 'Report what came of a job', tags: ['node'] })
    .input(leaseSchema.extend({ result: nodeResultSchema, workedMs: z.int32().nonnegative() }))
    .output(z.object({})),
  /** Errors: LEASE_LOST. */
  fail: procedure('farm:work')
    .route({ method: 'POST', path: '/fail', summary: 'Report that a job could not be done', tags: ['node'] })
    .input(leaseSchema.extend({ failure: nodeFailureSchema, workedMs: z.int32().nonnegative() }))
    .output(z.object({})),
  /** Up to sixteen reports at once. What is lost is said, and no failure: the rest counts. */
  reportMany: procedure('farm:work')
    .route({ method: 'POST', path: '/report', summary: 'Report what came of several jobs', tags: ['node'] })
    .input(
      z.object({
        reports: z
          .array(
            z.union([
              leaseSchema.extend({ result: nodeResultSchema, workedMs: z.int32().nonnegative() }),
              leaseSchema.extend({ failure: nodeFailureSchema, workedMs: z.int32().nonnegative() }),
            ]),
          )
          .min(1)
          .max(16),
      }),
    )
    .output(z.object({ lost: z.array(leaseSchema) })),
  /** Gives jobs back that nothing came of: no attempt is counted. What is lost already is passed over. */
  release: procedure('farm:work')
    .route({ method: 'POST', path: '/release', summary: 'Give leases back', tags: ['node'] })
    .input(z.object({ leases: z.array(leaseSchema).max(256), leaving: z.boolean() }))
    .output(z.object({})),
}
