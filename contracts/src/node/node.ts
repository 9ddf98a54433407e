import { z } from 'zod'
import { sha256 } from '../engine/render-plan.ts'
import { storableText } from './storable.ts'

const bytes = z.int().nonnegative()

/** Workers of one node, at most. */
export const MOST_NODE_WORKERS = 256

/** Leases that a node names at once, at most: three for each worker may be in hand, and sixteen more are taken at once. */
const MOST_LEASES = 4 * MOST_NODE_WORKERS

/** What a node says of itself when it enrols, and whenever it starts. */
export const nodeDescriptionSchema = z.object({
  /** Of FlatRender. */
  version: z.string().max(50).transform(storableText),
  /** Of this protocol. */
  protocol: z.literal(1),
  engine: z.literal('lottie'),
  /** Names the code and libraries that paint and encode; part of every segment key. */
  engineBuild: z.string().max(500).transform(storableText),
  platform: z.enum(['linux', 'darwin', 'win32']),
  arch: z.string().max(20).transform(storableText),
  cores: z.int32().positive(),
  memoryBytes: z.int().positive(),
  workers: z.int().positive().max(MOST_NODE_WORKERS),
  /** Does it work only while nobody uses the machine? */
  onlyWhenIdle: z.boolean(),
})
export type NodeDescription = z.infer<typeof nodeDescriptionSchema>

/** What is wanted of a node: that it works, takes nothing new, or gives back what it has. */
export const nodeWishSchema = z.enum(['work', 'drain', 'pause'])
export type NodeWish = z.infer<typeof nodeWishSchema>

/** How a machine fares. */
export const nodeHealthSchema = z.object({
  /** Share of all cores, 0 to 1. */
  cpuLoad: z.number().min(0).max(1),
  memoryUsedBytes: bytes,
  memoryTotalBytes: bytes,
  diskUsedBytes: bytes,
  diskTotalBytes: bytes,
})
export type NodeHealth = z.infer<typeof nodeHealthSchema>

/** Names a lease: a job under its fencing number. */
export const leaseSchema = z.object({
  tenantId: z.guid(),
  jobId: z.uuid(),
  fence: z.int().positive(),
})
export type Lease = z.infer<typeof leaseSchema>

/** A lease that is under way. */
export const runningLeaseSchema = leaseSchema.extend({ framesDone: z.int32().nonnegative() })
export type RunningLease = z.infer<typeof runningLeaseSchema>

/** All that a node has under way. */
export const runningLeasesSchema = z.array(runningLeaseSchema).max(MOST_LEASES)

/** A template on a node's disk. */
export const heldTemplateSchema = z.object({ contentHash: sha256, bytes })
export type HeldTemplate = z.infer<typeof heldTemplateSchema>
